// Writes workbooks with exceljs and nothing else: node writing_exceljs.cjs EXCELJS_FOLDER BOOKS.json COUNT FOLDER
// The books are those that the file describes, again and again, until there are so many.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const [library, books, count, folder] = process.argv.slice(2);
const ExcelJS = require(path.resolve(library));

const side = { style: "thin" };
const look = { border: { left: side, right: side, top: side, bottom: side }, alignment: { wrapText: true } };
const locked = { ...look, protection: { locked: true } };
const open = { ...look, protection: { locked: false } };
const rule = { type: "textLength", operator: "lessThanOrEqual", allowBlank: true, formulae: [200] };

async function write(file, sheets) {
  const book = new ExcelJS.Workbook();
  for (const [name, cells, inputs] of sheets) {
    const drawn = book.addWorksheet(name);
    for (const [row, column, kind, value] of cells) {
      const cell = drawn.getCell(row + 1, column + 1);
      cell.value = kind === "formula" ? { formula: value.slice(1), result: "" } : value;
      cell.style = kind === "input" ? open : locked;
    }
    for (const [row, column] of inputs) drawn.getCell(row + 1, column + 1).dataValidation = rule;
    await drawn.protect("", {});
  }
  await book.xlsx.writeFile(file);
}

async function main() {
  fs.mkdirSync(folder, { recursive: true });
  const described = Object.values(JSON.parse(fs.readFileSync(books, "utf8")));
  for (let no = 0; no < Number(count); no++) {
    await write(path.join(folder, `${no}.xlsx`), described[no % described.length]);
  }
  console.log(JSON.stringify({ count: fs.readdirSync(folder).length }));
}

main();
