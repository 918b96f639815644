// Azurite that ends with whoever started it, also when that process is killed: its end of our standard input closes then.
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0)).resume();
require("azurite/dist/src/azurite.js");
