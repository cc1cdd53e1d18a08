// What a package around the client exports. Its declarations can only be written where every inferred type has a name
// that the main entry exports, also where openapi-fetch cannot be reached from here.
import { Angelcam, AngelcamError, OAuthSession, personalAccessToken, refreshTokenGrant } from "angelcam-client";

const client = new Angelcam({ auth: personalAccessToken("token") });

export const api = client.api;
export const get = client.api.GET;
export const cameras = client.cameras;
export const recordings = client.cameras.recordings;
export const list = client.cameras.list;
export const me = async () => client.api.GET("/v1/me/");
export const camera = async (id: number) =>
  (await client.api.GET("/v1/cameras/{camera_id}/", { params: { path: { camera_id: id } } })).data;
export const failure = async () => (await client.api.GET("/v1/me/")).error;
export const request = client.api.request;
export const reseller = () => client.clients.get(1);
export const update = (name: string) =>
  client.api.PUT("/v1/cameras/{camera_id}/", { params: { path: { camera_id: 1 } }, body: { name } });
export const account = () => client.me.get();
export const page = async () => client.cameras.list();
export const streams = async () => (await client.cameras.get(1)).streams;
export const raw = () => client.cameras.list().withResponse();
export const session = new OAuthSession({ clientId: "id", grant: refreshTokenGrant({ refreshToken: "token" }) });
export function fieldsOf(error: unknown) {
  return error instanceof AngelcamError ? [error.code, error.fields] : undefined;
}
