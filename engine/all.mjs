import fs from "fs"; import path from "path"; const { create } = await import(process.env.ENGINE ?? "/tmp/eb/engine.js");
const read=(d,p='',into={})=>{for(const f of fs.readdirSync(d)){const q=path.join(d,f); if(fs.statSync(q).isDirectory()){ if(f!=='__pycache__') read(q,p+f+'/',into);} else if(f.endsWith('.py')) into[p+f]=fs.readFileSync(q,'utf8')} return into};
const lib=read('python'), files=read('../snippets','snippets/');
const pages=JSON.parse(fs.readFileSync('/tmp/ex.json')); const only=process.argv[2];
let good=0,all=0; const times=[];
for(const [page,ex] of Object.entries(pages)){ if(only&&!page.startsWith(only)) continue;
 let out=[]; const eng=await create({library:lib,files,write:l=>out.push(l)}); let g=0;
 for(const e of ex){ out=[]; const t0=performance.now(); const err=eng.run(e.s); times.push([performance.now()-t0,page,e.l]); let got=out.map(l=>l+'\n').join(''); if(err) got+=(err.split('\n').length>1||1)?'Traceback (most recent call last):\n'+err.split('\n').at(-1)+'\n':'';
  const want=e.w.replace(/^(Traceback[^\n]*\n)(?:\s+[^\n]*\n)*/,'$1'); all++; if(got===want){good++;g++;} else if(process.argv[3]!=='q') console.log(`--- ${page}:${e.l}\n${e.s}want: ${e.w}got:  ${got}${err?err.slice(-500):''}`); }
 if(process.argv[3]==='q') console.log(page,g,ex.length);
}
console.log(good,all,(100*good/all).toFixed(2)); times.sort((a,b)=>b[0]-a[0]); console.log(times.slice(0,5).map(t=>t[0].toFixed(0)+' '+t[1]+':'+t[2]).join(' | '), 'median', times[times.length>>1]?.[0]);
