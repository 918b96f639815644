// Azurite that exits with its parent process, also when that is killed, because standard input is closed then.
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0)).resume();
require("azurite/dist/src/azurite.js");
