// `npm run mock` is the command of the package, `npx angelcam-mock`.
import "../../src/mock/command.ts";
