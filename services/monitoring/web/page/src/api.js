// Api: what monitoring tells, asked with the reader's token. Nothing else is ever asked of anyone.

const TOKEN = "picq-token";
const FRESH_MS = 30_000;
const answers = new Map();

export class Problem extends Error {
  constructor(status, words) {
    super(words);
    this.status = status; // 0: nobody answered
  }
}

export const token = () => sessionStorage.getItem(TOKEN);

export function keepToken(secret) {
  answers.clear();
  if (secret) sessionStorage.setItem(TOKEN, secret);
  else sessionStorage.removeItem(TOKEN);
}

async function send(address) {
  let reply;
  try {
    reply = await fetch(address, { headers: { Authorization: `Bearer ${token()}` }, cache: "no-store" });
  } catch {
    throw new Problem(0, "");
  }
  if (reply.ok) return reply;
  const words = await reply.json().then((problem) => problem.detail ?? problem.title ?? "", () => "");
  throw new Problem(reply.status, words);
}

// The same question within half a minute has the same answer: going back and changing the language cost nothing.
export function ask(address) {
  const known = answers.get(address);
  if (known && performance.now() - known.at < FRESH_MS) return known.answer;
  const answer = send(address).then((reply) => reply.json());
  answers.set(address, { at: performance.now(), answer });
  answer.catch(() => answers.delete(address));
  return answer;
}

export function tableAddress(name, question) {
  const query = new URLSearchParams(Object.entries(question).filter(([, value]) => value)).toString();
  return query ? `/v1/tables/${name}?${query}` : `/v1/tables/${name}`;
}

// A file in the reader's downloads: the token goes along in a header, so a plain link would not do.
export async function download(address, name) {
  const reply = await send(`${address}${address.includes("?") ? "&" : "?"}format=csv`);
  const url = URL.createObjectURL(await reply.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
