// Draws what a command printed on a terminal as an SVG picture, for the documents. Lines end where the terminal's do:
//   script -qec 'stty cols 118; npm run -s vedette -- demo --quiet' /dev/null | node tools/terminal-picture.ts docs/images/demo.svg

import { readFileSync, writeFileSync } from 'node:fs';

const colours: Readonly<Record<string, string>> = {
  '31': '#ff7b72',
  '32': '#7ee787',
  '33': '#e3b341',
  '34': '#79c0ff',
  '35': '#d2a8ff',
  '36': '#76e3ea',
  '90': '#8b949e',
  '91': '#ffa198',
};
const escape = String.fromCharCode(27);
const colourCode = new RegExp(`(${escape}\\[[0-9;]*m)`);
const cell = { width: 7.83, height: 17 };
const columns = 118;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');

interface Style {
  colour: string;
  bold: boolean;
  dim: boolean;
}

/** One line with its colour codes as spans. */
function spans(line: string): string {
  let style: Style = { colour: '#e6edf3', bold: false, dim: false };
  let text = '';
  for (const part of line.split(colourCode)) {
    const codes = part.startsWith(`${escape}[`) ? part.slice(2, -1) : undefined;
    if (codes === undefined) {
      if (part === '') continue;
      const weight = style.bold ? ' font-weight="bold"' : '';
      const opacity = style.dim ? ' opacity="0.65"' : '';
      text += `<tspan fill="${style.colour}"${weight}${opacity}>${escaped(part)}</tspan>`;
      continue;
    }
    for (const code of codes.split(';')) {
      if (code === '0' || code === '') style = { colour: '#e6edf3', bold: false, dim: false };
      else if (code === '1') style = { ...style, bold: true };
      else if (code === '2') style = { ...style, dim: true };
      else if (code === '22') style = { ...style, bold: false, dim: false };
      else if (code === '39') style = { ...style, colour: '#e6edf3' };
      else if (colours[code] !== undefined) style = { ...style, colour: colours[code] };
    }
  }
  return text;
}

const [target = '', from = '0', to = '999'] = process.argv.slice(2);
if (target === '') {
  process.stderr.write('Usage: node tools/terminal-picture.ts <file.svg> [first line] [last line] < output\n');
  process.exit(2);
}
const lines = readFileSync(0, 'utf8').replaceAll('\r', '').trimEnd().split('\n').slice(Number(from), Number(to));
const long = lines.find(
  (line) =>
    line
      .split(colourCode)
      .filter((part) => !part.startsWith(escape))
      .join('').length > columns,
);
if (long !== undefined) {
  process.stderr.write(`A line is longer than ${columns} columns, so it was not printed on such a terminal: ${long}\n`);
  process.exit(2);
}
const width = Math.round(columns * cell.width + 40);
const height = Math.round(lines.length * cell.height + 56);
const rows = lines.map(
  (line, index) => `<text x="20" y="${Math.round(52 + index * cell.height)}">${spans(line)}</text>`,
);
writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The end of a scan in a terminal">
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="22" cy="18" r="5" fill="#30363d"/><circle cx="40" cy="18" r="5" fill="#30363d"/><circle cx="58" cy="18" r="5" fill="#30363d"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`,
);
