// Takes a workbook a line, as JSON {sheet: rows of contents}, and answers with a line of what each cell comes to, an error as {error}.
// Node starts it with the folder of the hyperformula package.
const { HyperFormula } = require(process.argv[2]);

// As its authors advise for workbooks of Excel; arrays are left to functions that take them.
const settings = {
  licenseKey: "gpl-v3",
  localeLang: "en-US",
  evaluateNullToZero: true,
  leapYear1900: true,
  nullDate: { year: 1899, month: 12, day: 31 },
  ignoreWhiteSpace: "any",
  maxColumns: 16384,
  maxRows: 1048576,
};
const truths = [
  { name: "TRUE", expression: "=TRUE()" },
  { name: "FALSE", expression: "=FALSE()" },
];
const plain = (value) => (value !== null && typeof value === "object" ? { error: value.value } : value);

function calculated(sheets) {
  const engine = HyperFormula.buildFromSheets(sheets, settings, truths);
  const results = {};
  for (const name of Object.keys(sheets)) {
    results[name] = engine.getSheetValues(engine.getSheetId(name)).map((row) => row.map(plain));
  }
  engine.destroy();
  return results;
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => process.stdout.write(JSON.stringify(calculated(JSON.parse(line))) + "\n"));
