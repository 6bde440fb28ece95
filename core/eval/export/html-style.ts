import { html } from '../../printing/html.ts';

/** The style of an HTML report: light, dark and print. Only code is broken within words. */
export const HTML_STYLE = html`
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --soft: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --open: #9a6700; --mark: #0969da;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --text: #e6edf3; --quiet: #9198a1; --line: #3d444d; --soft: #161b22;
    --good: #3fb950; --bad: #f85149; --open: #d29922; --mark: #58a6ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 4rem; background: var(--page); color: var(--text); }
article + article { border-top: 3px double var(--line); margin-top: 3rem; padding-top: 2rem; }
.path { color: var(--quiet); margin: 0 0 .25rem; }
h1 { font-size: 1.45rem; line-height: 1.3; margin: 0 0 .5rem; font-weight: 650; }
h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: .8rem; margin: 0 0 .3rem; color: var(--quiet); font-weight: 600; }
p { margin: .25rem 0; }
.good > .mark, h1.good, .value-good { color: var(--good); }
.bad > .mark, h1.bad { color: var(--bad); }
.open > .mark, h1.open { color: var(--open); }
.mark { display: inline-block; width: 1.4em; font-weight: 700; }
.quiet, small, figcaption { color: var(--quiet); font-size: .87rem; }
ul.plain, ol.plain { list-style: none; margin: 0; padding: 0; }
ul.plain > li, ol.plain > li { padding-left: 1.4em; text-indent: -1.4em; }
ul.plain > li > *, ol.plain > li > * { text-indent: 0; }
code, pre { font-family: ui-monospace, SFMono-Regular, Consolas, "Liberation Mono", monospace; font-size: .86rem; }
code { background: var(--soft); border-radius: 4px; padding: .1em .35em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; margin: 0; padding: .5rem .65rem; max-height: 26rem; overflow: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .75rem .35rem 0; text-align: left; vertical-align: top; white-space: nowrap; }
thead th { color: var(--quiet); font-size: .85rem; font-weight: 600; }
tbody th { font-weight: 500; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
details.case { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
details.case > summary { padding: .45rem .7rem; font-weight: 550; overflow-wrap: anywhere; }
details.case[open] > summary { border-bottom: 1px solid var(--line); }
details.case.failed { border-left: 4px solid var(--bad); }
details.case.missing { border-left: 4px solid var(--open); }
details.case > div { padding: .6rem .7rem .75rem; }
summary { cursor: pointer; }
summary small { font-weight: 400; margin-left: .4rem; }
details.fold { margin-top: 1.5rem; }
details.fold > summary { font-weight: 600; }
details.line { border-bottom: 1px solid var(--line); padding: .15rem 0; }
details.line > div { padding: .4rem 0 .6rem 1.4rem; }
details.line > summary { list-style-position: inside; overflow-wrap: anywhere; }
.tag { border: 1px solid var(--line); border-radius: 1em; padding: 0 .55em; font-size: .8rem; font-weight: 400; color: var(--quiet); white-space: nowrap; margin-left: .35rem; }
.reasons { margin: 0 0 .7rem; padding-left: 1.2rem; }
.reasons li { overflow-wrap: break-word; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .75rem; align-items: start; }
.sides > div { min-width: 0; }
.sides pre + h3 { margin-top: .5rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.25rem; margin: 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: break-word; }
dl.values { grid-template-columns: max-content minmax(0, 1fr); font-size: .9rem; gap: .1rem .8rem; } pre + dl.values { margin-top: .45rem; }
figure { margin: 1rem 0 0; }
svg { display: block; max-width: 100%; height: auto; }
svg text { fill: var(--text); font-size: 12px; }
svg .quiet { fill: var(--quiet); }
svg .start { text-anchor: start; } svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .axis, svg .tick { stroke: var(--quiet); stroke-width: 1; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .interval { opacity: .35; } svg .good, svg.good { color: var(--good); } svg.bad { color: var(--bad); } svg.open { color: var(--open); }
svg .interval, svg .value { fill: currentColor; }
svg .limit { stroke: var(--text); stroke-width: 2; stroke-dasharray: 3 2; }
svg .whisker { stroke: var(--quiet); stroke-width: 1.5; }
svg .frontier { fill: none; stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 5 4; }
svg .best { fill: var(--mark); stroke: var(--mark); stroke-width: 2; } svg .other { fill: var(--page); stroke: var(--quiet); stroke-width: 2; }
@media (max-width: 760px) {
  body { padding: 1rem .8rem 3rem; } h1 { font-size: 1.25rem; }
  .sides { grid-template-columns: repeat(2, minmax(0, 1fr)); } .sides > div:first-child { grid-column: 1 / -1; }
}
@media (max-width: 480px) {
  dl, .sides { grid-template-columns: minmax(0, 1fr); gap: .2rem; } dd { margin-bottom: .4rem; }
}
@media print {
  :root { --page: #fff; --text: #000; --quiet: #444; --line: #bbb; --soft: #f4f4f4; --good: #116329; --bad: #a40e26; --open: #7d4e00; --mark: #0550ae; font-size: 10.5pt; }
  body { max-width: none; padding: 0; } article { break-before: page; } article:first-child { break-before: auto; }
  pre { max-height: none; overflow: visible; } details.fold:not([open]) { display: none; }
  h2, summary { break-after: avoid; } details.case, tr, figure { break-inside: avoid; }
}
`;
