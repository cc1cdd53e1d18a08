import { Random } from "../base/random.ts";
import { DAY } from "../base/time.ts";
import type { SandboxCamera } from "./camera.ts";
import { timestamp } from "./clock.ts";
import { storedSnapshotLink } from "./links.ts";
import type { SpaceOptions } from "./space.ts";

const POSITIONS = ["Front", "Back", "North", "South", "East", "West", "Upper", "Lower", "Main", "Staff"] as const;
const THINGS = ["door", "gate", "yard", "lobby", "garage", "office", "entrance", "car park", "stairs", "hall"] as const;
const TAGS = ["indoor", "outdoor", "warehouse", "shop", "office", "parking"] as const;
/** Locations of the examples in spec/paths/v1/locations.yaml. */
const LOCATIONS = [87, 88, 91] as const;

/** The id of the first camera, the one that the docs use. */
const FIRST_ID = 20_311;

/** The largest difference between the ids of two cameras: they have gaps, as in a database that many people use. */
const ID_GAP = 30;

/** Makes up cameras as an account has them: most are H.264 and online, some are old, some are away. */
export function cameraInventor({ clock, seed, offset }: SpaceOptions): () => SandboxCamera {
  const random = new Random(seed);
  let nextId = FIRST_ID + offset;
  return () => {
    const id = nextId;
    nextId += random.integer(1, ID_GAP);
    const pictureTakenAt = clock.now() - random.integer(0, DAY);
    return {
      id,
      name: `${random.pick(POSITIONS)} ${random.pick(THINGS)} ${random.integer(1, 40)}`,
      type: random.chance(80) ? "h264" : random.pick(["h265", "mjpeg"]),
      status: random.chance(85) ? "online" : random.pick(["offline", "unknown"]),
      snapshot: {
        url: random.chance(95) ? storedSnapshotLink(id, pictureTakenAt) : null,
        created_at: timestamp(pictureTakenAt),
      },
      applications: (["CRA", "LSA"] as const)
        .filter((code) => random.chance(code === "CRA" ? 70 : 10))
        .map((code) => ({ code })),
      low_latency_enabled: random.chance(50),
      audio_enabled: random.chance(30),
      enable_status_checks: random.chance(90),
      enable_periodical_snapshots: random.chance(90),
      tags: TAGS.filter(() => random.chance(25)),
      event_api_hash: random.hexadecimal(32),
      locationId: random.chance(80) ? random.pick(LOCATIONS) + offset : undefined,
      guests: random.chance(20) ? random.integer(1, 4) : 0,
    };
  };
}
