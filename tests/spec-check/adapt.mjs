// Makes a copy of an API description that Prism can check real answers by: node adapt.mjs MODULES DESCRIPTION COPY
//
// - Answers may have null wherever they may have a value: the vendors answer so, their descriptions mostly forbid it. What is sent to
//   the vendor is held to the description as it stands.
// - A parameter whose name has brackets, such as filter[agent_ids], is not required: Prism never finds one and misses it always.
// - Where only a password is known for signing in, a token is let in too, as the vendor has it since.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, from, to] = process.argv.slice(2);
const yaml = createRequire(`${modules}/`)('js-yaml');
const description = yaml.load(readFileSync(from, 'utf8'));
const methods = ['get', 'put', 'post', 'delete', 'patch'];
const copies = {};

/** The schema with null allowed at every place; what it refers to is copied, since requests may refer to the same. */
function withNulls(schema) {
  if (!schema || typeof schema !== 'object') return schema;
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    const copy = `${name}WithNulls`;
    if (schema.$ref.startsWith('#/components/schemas/') && !(copy in copies)) {
      copies[copy] = {};
      copies[copy] = withNulls(description.components.schemas[name]);
    }
    return schema.$ref.startsWith('#/components/schemas/') ? { $ref: `#/components/schemas/${copy}` } : schema;
  }
  const loose = { ...schema };
  for (const alternatives of ['allOf', 'anyOf', 'oneOf']) {
    if (!schema[alternatives]) continue;
    // Null fits an alternative twice where each allows it, and oneOf counts: one that is for null alone is added instead.
    loose[alternatives] = alternatives === 'oneOf'
      ? [...schema.oneOf.map(part => withNulls({ ...part, nullable: false })), { type: 'string', nullable: true, enum: [null] }]
      : schema[alternatives].map(withNulls);
    if (alternatives === 'oneOf') loose.oneOf.forEach(part => { if (!part.enum?.includes(null)) delete part.nullable; });
  }
  if (schema.properties) {
    loose.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, value]) => [name, withNulls(value)]));
  }
  if (schema.items) loose.items = withNulls(schema.items);
  if (schema.type && schema.nullable !== false) {
    loose.nullable = true;
    if (schema.enum) loose.enum = [...schema.enum, null];
  }
  return loose;
}

function loosen(parameter) {
  if (/\[/.test(parameter.name ?? '')) parameter.required = false;
}

for (const item of Object.values(description.paths)) {
  (item.parameters ?? []).forEach(loosen);
  for (const operation of methods.map(method => item[method]).filter(Boolean)) {
    (operation.parameters ?? []).forEach(loosen);
    for (const response of Object.values(operation.responses ?? {})) {
      for (const content of Object.values(response.content ?? {})) {
        if (content.schema) content.schema = withNulls(content.schema);
        delete content.examples;
        delete content.example;
      }
    }
  }
}

Object.values(description.components?.parameters ?? {}).forEach(loosen);
description.components.schemas = { ...description.components.schemas, ...copies };
const schemes = Object.keys(description.components.securitySchemes ?? {});
if (schemes.length === 1 && /zendesk/.test(from)) {
  description.components.securitySchemes.bearerAuth = { type: 'http', scheme: 'bearer' };
  description.security = [...(description.security ?? []), { bearerAuth: [] }];
}

writeFileSync(to, JSON.stringify(description));
