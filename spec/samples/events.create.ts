import { Angelcam } from "angelcam-client";

// No token is needed: the hash identifies the sensor.
const angelcam = new Angelcam();
const hash = process.env.ANGELCAM_SENSOR_HASH ?? "h4q0zr81vt";
const event = await angelcam.events.create({ hash, title: "Back door open", occurred_at: new Date().toISOString() });
console.log(event.camera, event.received_at);
