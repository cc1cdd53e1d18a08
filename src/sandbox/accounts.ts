import type { CurrentUser } from "../../generated/schema.ts";
import { ArrowClientCollection, type SandboxArrowClients } from "./arrow-client-collection.ts";
import { CameraCollection, type SandboxCameras } from "./camera-collection.ts";
import { ClipCollection, type SandboxClips } from "./clip-collection.ts";
import type { TimeSource } from "./clock.ts";
import { DetectionBook, type SandboxDetections } from "./detection-registry.ts";
import { EventCollection, type SandboxEvents } from "./event-collection.ts";
import { IncidentCollection, type SandboxIncidents } from "./incident-collection.ts";
import { inventCamera } from "./invent-camera.ts";
import { MessageCollection, type SandboxMessages } from "./message-collection.ts";
import { Random } from "./random.ts";
import { RecordingCollection, type SandboxRecordings } from "./recording-collection.ts";

/** An account of the sandbox. */
export interface SandboxAccount {
  /** The e-mail address to sign in with. */
  readonly username: string;
  readonly password: string;
  /** What `me.get` shows, without the numbers of cameras: those are counted. */
  readonly profile: CurrentUser;
  readonly cameras: SandboxCameras;
  readonly recordings: SandboxRecordings;
  readonly clips: SandboxClips;
  readonly events: SandboxEvents;
  readonly messages: SandboxMessages;
  readonly incidents: SandboxIncidents;
  readonly arrowClients: SandboxArrowClients;
  readonly detections: SandboxDetections;
}

/** An account to start with. What is left out is made up. */
export interface SandboxAccountOptions {
  readonly username?: string;
  readonly password?: string;
  readonly profile?: Partial<CurrentUser>;
  /** How many cameras it starts with; the sandbox's `cameras` by default. */
  readonly cameras?: number;
}

/** An account with all that the parts of the API ask of it. */
export interface Account extends SandboxAccount {
  readonly cameras: CameraCollection;
  readonly recordings: RecordingCollection;
  readonly clips: ClipCollection;
  readonly events: EventCollection;
  readonly messages: MessageCollection;
  readonly incidents: IncidentCollection;
  readonly arrowClients: ArrowClientCollection;
  readonly detections: DetectionBook;
}

/** Where the ids of cameras start; the first camera has the id that the docs use. */
const FIRST_CAMERA_ID = 20_311;

const FIRST_NAMES = ["Lena", "Omar", "Ines", "Jonas", "Priya"] as const;
const LAST_NAMES = ["Svoboda", "Haddad", "Costa", "Berg", "Nair"] as const;

/** Makes the accounts. The same seed gives the same ones, and one account more changes nothing of the others. */
export function makeAccounts(
  wishes: readonly SandboxAccountOptions[],
  { cameras, seed, clock }: { cameras: number; seed: number; clock: TimeSource },
): Account[] {
  const taken = new Set<number>();
  return wishes.map((wish, index) => {
    const random = new Random(`${seed}/accounts/${index}`);
    const nextId = idsFrom(FIRST_CAMERA_ID + index * 1_000_000, random, taken);
    const username = wish.username ?? (index === 0 ? "user@example.com" : `user${index + 1}@example.com`);
    const profile = { ...inventProfile(index, username, random), ...wish.profile };
    const collection = new CameraCollection(
      wish.cameras ?? cameras,
      () => inventCamera(nextId(), random, clock),
      clock,
    );
    // Each part has a source of its own, so that a new part changes nothing of the others.
    const source = (part: string) => `${seed}/accounts/${index}/${part}`;
    return {
      username,
      password: wish.password ?? `sandbox-password-${index + 1}`,
      profile,
      cameras: collection,
      recordings: new RecordingCollection(collection, clock, source("recordings")),
      clips: new ClipCollection(clock, new Random(source("clips")), () => profile.id),
      events: new EventCollection(collection, clock, source("events")),
      messages: new MessageCollection(clock, new Random(source("messages"))),
      incidents: new IncidentCollection(clock, new Random(source("incidents"))),
      arrowClients: new ArrowClientCollection(clock, new Random(source("arrow-clients"))),
      detections: new DetectionBook(clock, new Random(source("detections"))),
    };
  });
}

/** The first account is the one of the quick start. */
function inventProfile(index: number, email: string, random: Random): CurrentUser {
  return {
    id: 1234 + index * 17,
    email,
    first_name: index === 0 ? "Keyshawn" : random.pick(FIRST_NAMES),
    last_name: index === 0 ? "Jacobs" : random.pick(LAST_NAMES),
    phone: index === 0 ? "+1608494652" : null,
    root_site: 87 + index,
    require_qualification: false,
    available_features: { live_view: true, connect_camera: true },
  };
}

/** Rising ids with gaps, as they come about in a database that many people use. */
function idsFrom(first: number, random: Random, taken: Set<number>): () => number {
  let next = first;
  return () => {
    while (taken.has(next)) next++;
    const id = next;
    taken.add(id);
    next += random.integer(1, 30);
    return id;
  };
}
