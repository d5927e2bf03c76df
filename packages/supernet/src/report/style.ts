/** Style sheet of the report, with a light and a dark theme. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5c6979;--line:#dfe5ec;--card:#fff;--page:#f4f6f9;--accent:#2f6fde;--found:#d9480f;--truth:#2b8a3e}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebf2;--soft:#97a5b6;--line:#2c3642;--card:#182029;--page:#10161d;--accent:#6ea0ff;--found:#ff922b;--truth:#69db7c}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:1120px;margin:0 auto;padding:28px 20px 60px}h1{font-size:26px;margin:0}h2{font-size:17px;margin:0 0 10px}
p{margin:4px 0;color:var(--soft)}section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px;margin-top:16px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin-top:16px}.tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 16px}
.tile b{display:block;font-size:26px;line-height:1.2}.tile span{color:var(--soft);font-size:13px}
.grid2{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:16px}.grid2>div:only-child{max-width:560px}.pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:12px}
svg{width:100%;height:auto;display:block}svg text{fill:var(--ink);font-family:inherit}.tick,.label{font-size:11px;fill:var(--soft)!important}
.grid{stroke:var(--line)}.axis{stroke:var(--soft)}.line{fill:none;stroke:var(--accent);stroke-width:1.8}.dot{fill:var(--accent)}.default{fill:var(--found)}.ring{fill:none;stroke:var(--found);stroke-width:2.5}
.limit{stroke:var(--found);stroke-dasharray:5 4}.block.c0{fill:#74c0fc}.block.c1{fill:#8ce99a}.block.c2{fill:#ffd43b}.block.c3{fill:#ffa8a8}.block.c4{fill:#d0bfff}.block.c5{fill:#99e9f2}.block.skipped{fill:none;stroke:var(--line);stroke-dasharray:4 3}
.name,.size{fill:#16202b!important;font-size:12.5px;font-weight:600}.size{font-weight:400;font-size:11px}
.pictures.labeled{grid-template-columns:repeat(auto-fill,minmax(140px,1fr))}figure{margin:0}figure img{width:100%;border-radius:8px;display:block}figcaption{font-size:13px;color:var(--truth)}figcaption.wrong{color:var(--found)}
.picture{border-radius:8px;background:#000}.picture rect{fill:none}.picture rect.found{stroke:#ff922b}.picture rect.truth{stroke:#51cf66;stroke-dasharray:3 2}
.picture text{stroke:#000;stroke-width:.25;paint-order:stroke}.picture text.found{fill:#ffc078}.picture text.truth{fill:#8ce99a}
table{border-collapse:collapse;width:100%}td,th{text-align:right;padding:4px 10px;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}td:first-child,th:first-child{text-align:left}
pre{overflow:auto;font-size:12.5px;margin:8px 0 0}summary{cursor:pointer}.key i{font-style:normal;margin-right:14px}.key .truth{color:var(--truth)}.key .found{color:var(--found)}
`;
