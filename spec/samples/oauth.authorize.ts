import { authorizationUrl } from "angelcam-client";

// Keep the state in the user's session, and compare it with the returned one.
const { url, state } = authorizationUrl({
  clientId: process.env.ANGELCAM_CLIENT_ID ?? "",
  redirectUri: "https://app.example.com/angelcam/callback",
  scope: "user_access camera_access",
});
console.log(`Send the user to ${url} and remember ${state}`);
