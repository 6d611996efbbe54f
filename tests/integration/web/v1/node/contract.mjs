// Drives a studio with the official client. Prints one line of JSON: what each call gave. argv: the address below /v1, a picture,
// and a file of JSON: reader, a key that may only read; webhook, what one was told and how it was signed.
import OpenAI, { toFile } from "openai";
import { readFileSync } from "node:fs";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "none", maxRetries: 0 });
const picture = readFileSync(process.argv[3]);
const given = JSON.parse(readFileSync(process.argv[4], "utf-8"));
const small = { size: "64x64", seconds: "0.5" };
const seen = {};

async function made(video) {
  while (video.status === "queued" || video.status === "in_progress") {
    await new Promise((then) => setTimeout(then, 200));
    video = await client.videos.retrieve(video.id);
  }
  return video;
}

async function refused(call) {
  try {
    await call();
  } catch (error) {
    return { status: error.status, code: error.code, param: error.param, message: error.message };
  }
  return null;
}

const first = await client.videos.create({ prompt: "a bird", seed: 7, ...small });
seen.queued = first;
seen.completed = await made(first);
const content = await client.videos.downloadContent(first.id);
seen.bytes = (await content.arrayBuffer()).byteLength;
seen.type = content.headers.get("content-type");
const still = await client.videos.downloadContent(first.id, { variant: "thumbnail" });
seen.still = still.headers.get("content-type");
const piece = await client.videos.downloadContent(first.id, {}, { headers: { Range: "bytes=0-99" } });
seen.piece = [piece.status, (await piece.arrayBuffer()).byteLength, piece.headers.get("content-range")];
seen.remix = await made(await client.videos.remix(first.id, { prompt: "a red bird" }));
seen.edit = await made(await client.videos.edit({ prompt: "make it night", video: { id: first.id } }));
seen.longer = await made(await client.videos.extend({ prompt: "it sleeps", seconds: "1", video: { id: first.id } }));
const url = `data:image/png;base64,${picture.toString("base64")}`;
seen.lent = await made(await client.videos.create({ prompt: "a bird", input_reference: { image_url: url }, ...small }));
seen.sent = await made(await client.videos.create({ prompt: "a bird", input_reference: await toFile(picture, "a.png"), ...small }));
const file = await client.files.create({ file: await toFile(picture, "a.png"), purpose: "vision" });
seen.named = await made(await client.videos.create({ prompt: "a bird", input_reference: { file_id: file.id }, ...small }));
seen.listed = [];
for await (const video of client.videos.list({ limit: 2, order: "asc" })) seen.listed.push(video.id);
const key = { headers: { "Idempotency-Key": "node" } };
const once = await client.videos.create({ prompt: "a fish", ...small }, key);
seen.once = (await client.videos.create({ prompt: "a fish", ...small }, key)).id === once.id;
seen.deleted = await client.videos.delete(once.id);
seen.gone = await refused(() => client.videos.retrieve(once.id));
seen.empty = await refused(() => client.videos.create({ prompt: "" }));
seen.model = await refused(() => client.videos.create({ prompt: "a", model: "nope" }));
seen.ragged = await refused(() => client.videos.create({ prompt: "a", lora: [{ id: "a", scale: 1 }, { id: "b" }] }));
seen.image = (await client.images.generate({ prompt: "a bird", size: "64x64" })).data[0].b64_json.slice(0, 8);
const reader = new OpenAI({ baseURL: process.argv[2], apiKey: given.reader, maxRetries: 0 });
seen.reads = (await reader.models.list()).data.length;
seen.forbidden = await refused(() => reader.videos.create({ prompt: "a bird", ...small }));
const stranger = new OpenAI({ baseURL: process.argv[2], apiKey: "uncaged_wrong", maxRetries: 0 });
seen.stranger = await refused(() => stranger.videos.list());
const { body, headers, secret } = given.webhook;
seen.told = await client.webhooks.unwrap(body, headers, secret);
seen.forged = await refused(() => client.webhooks.unwrap(body.replace("completed", "failed"), headers, secret));
console.log(JSON.stringify(seen));
