// Makes calls with the vendor's Node package.
// Each line of standard input is a call, and each line of standard output tells what it returned or threw, as JSON.
import ImageKit, { toFile } from '@imagekit/nodejs';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

const [url, key] = process.argv.slice(2);
const client = new ImageKit({ baseURL: url, privateKey: key, maxRetries: 0 });

function camelCase(name) {
  return name.replace(/_(url$|ai(?=_)|[a-z])/g, (_, part) => part.toUpperCase());
}

async function argument(value) {
  if (value?.$bytes !== undefined) {
    return toFile(Buffer.from(value.$bytes, 'base64'), value.name, { type: value.type });
  }
  if (value?.$open !== undefined) {
    return new File([await readFile(value.$open)], basename(value.$open));
  }
  return value?.$path === undefined ? value : createReadStream(value.$path);
}

// The package has no methods for webhooks, only the ones that take any path.
const WEBHOOKS = '/v1/accounts/webhooks';
const bare = {
  'accounts.webhooks.create': (account) => (body) => account.post(WEBHOOKS, { body }),
  'accounts.webhooks.list': (account) => () => account.get(WEBHOOKS),
  'accounts.webhooks.get': (account) => (id) => account.get(`${WEBHOOKS}/${id}`),
  'accounts.webhooks.update': (account) => (id, body) => account.patch(`${WEBHOOKS}/${id}`, { body }),
  'accounts.webhooks.delete': (account) => (id) => account.delete(`${WEBHOOKS}/${id}`),
};

function caller(account, method) {
  if (method in bare) {
    return bare[method](account);
  }
  const names = camelCase(method).split('.');
  const last = names.pop();
  const resource = names.reduce((parent, name) => parent[name], account);
  return resource[last].bind(resource);
}

async function outcome({ method, arguments: given, keywords, private_key: privateKey, anonymous }) {
  const account = privateKey === null ? client : client.withOptions({ privateKey });
  const values = [...given];
  const names = Object.keys(keywords);
  if (names.length > 0) {
    const resolved = await Promise.all(Object.values(keywords).map(argument));
    values.push(Object.fromEntries(names.map((name, index) => [name, resolved[index]])));
  }
  if (anonymous) {
    if (names.length === 0) {
      values.push({});
    }
    values.push({ headers: { Authorization: null } });
  }
  try {
    return { result: (await caller(account, method)(...values)) ?? null };
  } catch (error) {
    // The caller judges what may be thrown, a defect of this program included.
    return { error: error.constructor.name, status: error.status ?? null, body: error.error ?? { message: `${error}` } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await outcome(JSON.parse(line))));
}
