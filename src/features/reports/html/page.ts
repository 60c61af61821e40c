// The fixed parts of the HTML report: its style, its script, and the policy that allows just these two.

import { createHash } from 'node:crypto';

/** Contrast of every pair of text and ground here is at least 4.5 : 1, in both themes (WCAG 2.2, 1.4.3). */
export const style = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f5f6f8;--text:#1c2129;--soft:#545d69;--line:#d5d9df;--accent:#0b57d0;
--critical:#9c1027;--high:#b3261e;--medium:#7a4b00;--low:#0a5f73;--info:#545d69}
@media(prefers-color-scheme:dark){:root{--ground:#14171c;--raised:#1d2128;--text:#e6e9ee;--soft:#a9b2be;--line:#3a414b;--accent:#8ab4f8;
--critical:#ff9aa8;--high:#ffa9a0;--medium:#f0c060;--low:#7fd3e6;--info:#a9b2be}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{max-width:90rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.soft{color:var(--soft)}.verdict{font-size:1.15rem;margin:.75rem 0}
.note{border:1px solid var(--line);background:var(--raised);border-radius:.5rem;padding:.5rem .75rem;display:inline-block}
dl.figures{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}
dl.figures div{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .9rem;min-width:7rem}
svg.bar{display:block;width:100%;height:.6rem;border-radius:.2rem}td svg.bar{min-width:8rem;margin-top:.35rem}
.fill-critical{fill:var(--critical)}.fill-high{fill:var(--high);opacity:.75}.fill-medium{fill:var(--medium);opacity:.6}.fill-low{fill:var(--low);opacity:.5}.fill-info{fill:var(--info);opacity:.4}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1rem 0}nav a{display:inline-block;min-height:24px}
ol{padding-left:1.5rem}ol li{margin:.3rem 0}
pre{background:var(--raised);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .75rem;overflow-x:auto;font-size:.85em}
h2,[id^=why-]{scroll-margin-top:1rem}
dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;padding:.5rem .75rem;color:var(--soft)}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem;border-top:1px solid var(--line);overflow-wrap:break-word}
td.key{white-space:nowrap}td.name{min-width:9rem}td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th{background:var(--raised);white-space:nowrap}
th button{all:unset;cursor:pointer;min-height:24px;font-weight:600}
th button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
th[aria-sort=ascending] button::after{content:" \\2191"}th[aria-sort=descending] button::after{content:" \\2193"}
td.id{font-family:ui-monospace,monospace;font-size:.85em;overflow-wrap:anywhere;min-width:13rem}
.critical{color:var(--critical);font-weight:700}.high{color:var(--high);font-weight:600}.medium{color:var(--medium)}.low{color:var(--low)}.info{color:var(--info)}
label{display:block;margin:.75rem 0}input{font:inherit;padding:.4rem .6rem;width:min(30rem,100%);color:inherit;background:var(--raised);border:1px solid var(--soft);border-radius:.4rem}
details{margin:.25rem 0}summary{cursor:pointer;min-height:24px}
a{color:var(--accent)}
@media print{:root{--ground:#fff;--raised:#fff;--text:#000;--soft:#333;--line:#999;--critical:#000;--high:#000;--medium:#000;--low:#000;--info:#000}
body{font-size:10pt}main{padding:0;max-width:none}label,nav{display:none}details>div{display:block}.scroll{overflow:visible;border:0}thead{display:table-header-group}tr{break-inside:avoid}th button::after{content:""!important}}
`;

/** Sorts by the data of a cell when a heading is pressed, and filters rows by what is typed. Nothing is evaluated. */
export const script = `
for(const table of document.querySelectorAll('table[data-sortable]')){
const body=table.tBodies[0];
table.querySelectorAll('th button').forEach((button)=>button.addEventListener('click',()=>{
const head=button.closest('th'),at=head.cellIndex,down=head.getAttribute('aria-sort')==='ascending';
table.querySelectorAll('th').forEach((other)=>other.removeAttribute('aria-sort'));
head.setAttribute('aria-sort',down?'descending':'ascending');
const key=(row)=>row.cells[at].dataset.sort??row.cells[at].textContent;
const rows=[...body.rows].sort((a,b)=>key(a).localeCompare(key(b),undefined,{numeric:true})*(down?-1:1));
body.append(...rows)}))}
const filter=document.getElementById('filter'),shown=document.getElementById('shown');
filter?.addEventListener('input',()=>{
const words=filter.value.toLowerCase().split(' ').filter(Boolean),rows=[...document.querySelectorAll('#finding-table tbody tr')];let n=0;
for(const row of rows){const text=row.textContent.toLowerCase();row.hidden=!words.every((word)=>text.includes(word));if(!row.hidden)n+=1}
shown.textContent=n+' of '+rows.length+' rows shown'});
`;

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Loads nothing from anywhere and runs nothing but this page's own style and script. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${digest(style)}`,
  `script-src ${digest(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
