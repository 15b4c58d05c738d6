// Reads a workbook as JSON, {sheet: rows of contents}, recalculates it, and writes what each cell comes to; an error as {error}.
// Node starts it with the folder of the hyperformula package.
const { HyperFormula } = require(process.argv[2]);
const sheets = JSON.parse(require("fs").readFileSync(0, "utf-8"));

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
const engine = HyperFormula.buildFromSheets(sheets, settings, truths);

const plain = (value) => (value !== null && typeof value === "object" ? { error: value.value } : value);
const results = {};
for (const name of Object.keys(sheets)) {
  results[name] = engine.getSheetValues(engine.getSheetId(name)).map((row) => row.map(plain));
}
process.stdout.write(JSON.stringify(results));
