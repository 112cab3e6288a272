// Address: what is looked at stands in the address, and nowhere else.

export const FILTERS = ["municipality", "provider", "profile", "intensity", "year", "known-on"];
const NAMES = ["view", ...FILTERS, "lang"];

export function readAddress(search = location.search) {
  const given = new URLSearchParams(search);
  const address = {};
  for (const name of NAMES) if (given.get(name)) address[name] = given.get(name);
  address.view ??= "overview";
  address.lang = address.lang === "en" ? "en" : "nl";
  return address;
}

// The same place with some of it changed; "" takes a filter away.
export function writeAddress(address, changes = {}) {
  const wanted = { ...address, ...changes };
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const usual = (name === "view" && wanted[name] === "overview") || (name === "lang" && wanted[name] === "nl");
    if (wanted[name] && !usual) query.set(name, wanted[name]);
  }
  const text = query.toString();
  return text ? `/?${text}` : "/";
}
