/* What may stand at a place of a rulebook's file, by its JSON Schema: keys of the mapping, or values of the key. */

const KEY = /^(\s*)((?:- )*)(?:"?([\p{L}\w.-]+)"?\s*:)?/u;

/* The keys that lead to a line, outermost first; `[]` is an item of a list. */
function around(doc, number, column) {
  const path = [];
  let limit = column;
  for (let at = number - 1; at > 0 && limit > 0; at -= 1) {
    const text = doc.line(at).text;
    if (!text.trim() || text.trimStart().startsWith("#")) continue;
    const [, blank, dashes, key] = KEY.exec(text);
    const own = blank.length + dashes.length;
    if (key && own < limit) {
      path.unshift(key);
      limit = own;
    }
    if (dashes && blank.length < limit) {
      path.unshift("[]");
      limit = blank.length;
    }
  }
  return path;
}

/* Inside braces of this line: the keys whose braces are open. */
function within(before) {
  const open = [];
  for (const [sign] of before.matchAll(/[{}]|[\p{L}\w.-]+(?=\s*:)/gu)) {
    if (sign === "{") open.push(open.key ?? "");
    else if (sign === "}") open.pop();
    else open.key = sign;
  }
  return [...open];
}

function unfold(schema, root) {
  if (!schema || typeof schema !== "object") return [];
  if (schema.$ref) {
    const { $ref, ...rest } = schema;
    return unfold({ ...root.$defs?.[$ref.replace("#/$defs/", "")], ...rest }, root);
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap((part) => unfold(part, root))];
}

function down(schemas, key, root) {
  return schemas.flatMap((schema) => {
    if (key === "[]") return unfold(schema.items, root);
    const found = schema.properties?.[key] ?? (typeof schema.additionalProperties === "object" ? schema.additionalProperties : null);
    return unfold(found, root);
  });
}

function keys(schemas) {
  const known = new Map();
  for (const schema of schemas) {
    for (const [key, one] of Object.entries(schema.properties ?? {})) {
      if (!known.has(key)) known.set(key, { label: key, apply: `${key}: `, type: "property", detail: one.description ?? "" });
    }
  }
  return [...known.values()];
}

function values(schemas) {
  const known = new Set();
  for (const schema of schemas) {
    for (const one of [...(schema.enum ?? []), ...(schema.examples ?? [])]) if (typeof one !== "object") known.add(String(one));
    if (schema.const !== undefined) known.add(String(schema.const));
    if (schema.type === "boolean") for (const one of ["true", "false"]) known.add(one);
  }
  return [...known].map((label) => ({ label, type: "enum" }));
}

export function completer(schema) {
  const root = schema;
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const word = /[\p{L}\w.-]*$/u.exec(before)[0];
    if (before.trimStart().startsWith("#") || (!word && !context.explicit)) return null;
    const [, blank, dashes, key] = KEY.exec(line.text);
    const column = blank.length + dashes.length;
    let path = around(context.state.doc, line.number, dashes ? blank.length : column);
    if (dashes) path = [...path, "[]"];
    const braces = within(before);
    if (braces.length) path = [...path, ...braces.filter(Boolean)];
    const here = path.reduce((schemas, part) => down(schemas, part, root), unfold(root, root));
    const said = /([\p{L}\w.-]+)\s*:\s*[\p{L}\w.-]*$/u.exec(before);
    const options = said && (key || braces.length) ? values(down(here, said[1], root)) : keys(here);
    return options.length ? { from: context.pos - word.length, options, validFor: /^[\p{L}\w.-]*$/u } : null;
  };
}
