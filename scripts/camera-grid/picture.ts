/** The view of a camera. */
export type Scene = "door" | "hall" | "parking" | "shelves" | "stairs" | "yard";

const [WIDTH, HEIGHT] = [320, 180];

/** Simulated milliseconds between two people who pass the camera. */
const PASSAGE = 180_000;

/**
 * Draws the picture of a camera at a time, and returns it as a data URL.
 *
 * @param id Decides the light and the colour.
 */
export function picture(scene: Scene, id: number, time: number): string {
  const hue = (id * 47) % 360;
  const passed = ((time + id * 7919) % PASSAGE) / PASSAGE;
  const parts = [...SCENES[scene](hue), ...passerBy(scene, passed), ...lens()];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="640" height="360">${parts.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

const SCENES: Record<Scene, (hue: number) => string[]> = {
  door: (hue) => [
    area(0, 0, 320, 132, `hsl(${hue} 18% 62%)`),
    shape("0,132 320,132 320,180 0,180", `hsl(${hue} 10% 38%)`),
    area(118, 24, 84, 110, `hsl(${hue} 16% 84%)`),
    area(126, 32, 68, 102, `hsl(${hue + 200} 32% 34%)`),
    area(136, 42, 48, 34, `hsl(${hue + 190} 40% 72%)`),
    disc(184, 92, 3, "#e8dfc8"),
    shape("104,150 216,150 232,168 88,168", `hsl(${hue} 8% 26%)`),
    area(232, 40, 40, 52, `hsl(${hue + 190} 34% 74%)`),
    area(48, 40, 40, 52, `hsl(${hue + 190} 34% 74%)`),
  ],
  hall: (hue) => [
    shape("0,0 320,0 212,52 108,52", `hsl(${hue} 12% 88%)`),
    shape("0,180 320,180 212,118 108,118", `hsl(${hue} 16% 44%)`),
    shape("0,0 108,52 108,118 0,180", `hsl(${hue} 14% 70%)`),
    shape("320,0 212,52 212,118 320,180", `hsl(${hue} 14% 64%)`),
    area(108, 52, 104, 66, `hsl(${hue} 14% 78%)`),
    area(142, 70, 36, 48, `hsl(${hue + 180} 22% 40%)`),
    shape("140,14 180,14 172,30 148,30", "#fffdf2"),
    shape("30,42 74,60 74,138 30,164", `hsl(${hue + 180} 18% 50%)`),
    shape("290,42 246,60 246,138 290,164", `hsl(${hue + 180} 18% 46%)`),
  ],
  parking: (hue) => [
    area(0, 0, 320, 58, `hsl(${(hue % 40) + 195} 42% 80%)`),
    area(0, 34, 320, 30, `hsl(${(hue % 40) + 95} 22% 46%)`),
    area(0, 58, 320, 122, "hsl(220 6% 46%)"),
    ...[20, 90, 160, 230, 300].map((x) => shape(`${x},66 ${x + 4},66 ${x - 14},130 ${x - 20},130`, "#e6e6e0")),
    ...[0, 2, 3].map((slot) => car(28 + slot * 70, 74, `hsl(${(hue + slot * 90) % 360} 36% 48%)`)),
  ],
  shelves: (hue) => [
    area(0, 0, 320, 180, `hsl(${hue} 8% 30%)`),
    shape("120,40 200,40 320,180 0,180", `hsl(${hue} 8% 56%)`),
    shape("0,0 120,40 120,84 0,180", `hsl(${(hue % 50) + 20} 24% 40%)`),
    shape("320,0 200,40 200,84 320,180", `hsl(${(hue % 50) + 20} 24% 36%)`),
    ...[0, 1, 2, 3].flatMap((step) => boxes(step, hue)),
    shape("150,6 170,6 166,22 154,22", "#fffbe8"),
  ],
  stairs: (hue) => [
    area(0, 0, 320, 180, `hsl(${hue} 12% 74%)`),
    ...[0, 1, 2, 3, 4, 5].map((step) =>
      area(60 + step * 18, 156 - step * 20, 260 - step * 18, 24 + step * 20, `hsl(${hue} 10% ${30 + step * 6}%)`),
    ),
    shape("40,130 150,20 156,24 48,136", `hsl(${hue + 180} 20% 28%)`),
    area(236, 16, 46, 44, `hsl(${hue + 190} 40% 84%)`),
  ],
  yard: (hue) => [
    area(0, 0, 320, 110, `hsl(${(hue % 40) + 200} 46% 82%)`),
    shape("0,36 96,36 96,110 0,110", `hsl(${hue} 16% 54%)`),
    ...[12, 56].map((x) => area(x, 66, 30, 44, `hsl(${hue} 8% 34%)`)),
    area(0, 104, 320, 76, "hsl(40 8% 54%)"),
    ...[110, 150, 190, 230, 270, 310].map((x) => area(x, 68, 4, 40, "hsl(210 8% 40%)")),
    area(110, 74, 210, 3, "hsl(210 8% 40%)"),
    disc(262, 58, 22, `hsl(${(hue % 40) + 95} 26% 42%)`),
    disc(286, 64, 18, `hsl(${(hue % 40) + 100} 26% 36%)`),
  ],
};

/** Draws a person, or a car, on the way from left to right. */
function passerBy(scene: Scene, passed: number): string[] {
  const x = Math.round(passed * 480) - 80;
  if (scene === "parking") return [car(x, 138, "hsl(8 46% 46%)")];
  if (scene === "stairs") return [];
  return [disc(x, 104, 6, "#3a2f2a"), `<rect x="${x - 8}" y="110" width="16" height="44" rx="7" fill="#3c4a5e"/>`];
}

function car(x: number, y: number, colour: string): string {
  const roof = `<path d="M${x + 8} ${y + 12}l7-11h20l8 11z" fill="#26303a"/>`;
  const body = `<rect x="${x}" y="${y + 10}" width="50" height="15" rx="6" fill="${colour}"/>`;
  return roof + body + disc(x + 12, y + 25, 5, "#1c1c1c") + disc(x + 38, y + 25, 5, "#1c1c1c");
}

/** Boxes on both sides of an aisle, nearer ones bigger. */
function boxes(step: number, hue: number): string[] {
  const size = 12 + step * 8;
  const colour = (turn: number) => `hsl(${(hue + turn * 40) % 60} 34% ${58 - step * 3}%)`;
  const edge = 104 - step * 32;
  return [0, 1].flatMap((row) => {
    const y = 48 - step * 6 + row * (22 + step * 14);
    return [
      area(edge, y, size, size, colour(step + row)),
      area(320 - edge - size, y, size, size, colour(step + row + 1)),
    ];
  });
}

/** Darker towards the corners, as lenses are. */
function lens(): string[] {
  return [
    '<defs><radialGradient id="lens" r=".75"><stop offset=".6" stop-opacity="0"/><stop offset="1" stop-opacity=".4"/></radialGradient></defs>',
    area(0, 0, WIDTH, HEIGHT, "url(#lens)"),
  ];
}

function area(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function disc(x: number, y: number, radius: number, fill: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
}

function shape(points: string, fill: string): string {
  return `<polygon points="${points}" fill="${fill}"/>`;
}
