// Drives an emulator with the provider's own JavaScript client. Usage: node check.mjs BASE_URL
// Prints one JSON line per step, "name" and "ok"; a failed step has an "error" and does not stop the others.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';

const baseURL = process.argv[2];
const control = new URL('/emulator/', baseURL);
const client = new OpenAI({ baseURL, apiKey: 'sk-check', maxRetries: 0 });

const question = (i) => `How many pears are ${i} and ${i}?`;
const dataset = (examples) => Array.from({ length: examples }, (_, i) => JSON.stringify({
  messages: [{ role: 'user', content: question(i) }, { role: 'assistant', content: `${i + i} pears` }],
})).join('\n');
const upload = async (examples, name = 'train.jsonl') =>
  client.files.create({ file: await toFile(Buffer.from(dataset(examples)), name), purpose: 'fine-tune' });
const post = (path, body) =>
  fetch(new URL(path, control), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const advance = (seconds) => post('clock/advance', { seconds });
const create = (file, more = {}) =>
  client.fineTuning.jobs.create({ model: 'gpt-4o-mini', training_file: file, ...more });

async function step(name, run) {
  try {
    await run();
    console.log(JSON.stringify({ name, ok: true }));
  } catch (error) {
    console.log(JSON.stringify({ name, ok: false, error: `${error?.constructor?.name}: ${error?.message}` }));
  }
}

let file;
let job;

await step('upload and wait for processing', async () => {
  file = await upload(12);
  assert.equal(file.status, 'uploaded');
  await advance(5);
  const processed = await client.files.waitForProcessing(file.id, { pollInterval: 10, maxWait: 2000 });
  assert.equal(processed.status, 'processed');
});

await step('list files by purpose, page by page', async () => {
  const ids = [];
  for await (const listed of client.files.list({ purpose: 'fine-tune', limit: 1 })) ids.push(listed.id);
  assert.ok(ids.includes(file.id));
});

await step('create a job', async () => {
  job = await create(file.id, { suffix: 'pears', seed: 5, metadata: { ft_key: 'npm' }, method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 4 } } } });
  assert.match(job.id, /^ftjob-[0-9A-Za-z]{24}$/);
  assert.equal(job.status, 'validating_files');
  assert.deepEqual(job.metadata, { ft_key: 'npm' });
});

await step('list jobs by metadata', async () => {
  await create(file.id);
  const found = await client.fineTuning.jobs.list({ metadata: { ft_key: 'npm' } });
  assert.deepEqual(found.data.map((j) => j.id), [job.id]);
});

await step('pause and resume', async () => {
  assert.equal((await client.fineTuning.jobs.pause(job.id)).status, 'paused');
  await advance(600);
  assert.equal((await client.fineTuning.jobs.retrieve(job.id)).status, 'paused');
  assert.equal((await client.fineTuning.jobs.resume(job.id)).status, 'validating_files');
});

await step('follow to success', async () => {
  await advance(600);
  job = await client.fineTuning.jobs.retrieve(job.id);
  assert.equal(job.status, 'succeeded');
  assert.match(job.fine_tuned_model, /^ft:gpt-4o-mini-2024-07-18:emulator:pears:/);
  assert.ok(job.trained_tokens > 0);
  assert.deepEqual(job.error, {});
});

await step('page through all events once', async () => {
  const ids = new Set();
  let count = 0;
  for await (const event of client.fineTuning.jobs.listEvents(job.id, { limit: 7 })) {
    assert.equal(event.object, 'fine_tuning.job.event');
    ids.add(event.id);
    count += 1;
  }
  assert.ok(count > 48, `${count} events`);
  assert.equal(ids.size, count);
});

await step('list checkpoints', async () => {
  const steps = [];
  for await (const checkpoint of client.fineTuning.jobs.checkpoints.list(job.id, { limit: 2 })) steps.push(checkpoint.step_number);
  assert.deepEqual(steps, [48, 36, 24]);
});

await step('read the result file', async () => {
  const response = await client.files.content(job.result_files[0]);
  const csv = Buffer.from(await response.text(), 'base64').toString('utf8');
  assert.ok(csv.startsWith('step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy\n1,'));
});

await step('ask the model', async () => {
  const answer = await client.chat.completions.create({ model: job.fine_tuned_model, messages: [{ role: 'user', content: question(7) }] });
  assert.equal(answer.choices[0].message.content, '14 pears');
  assert.equal(answer.system_fingerprint, 'emulator');
});

await step('stream the answer', async () => {
  const stream = await client.chat.completions.create({
    model: job.fine_tuned_model, stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content: question(8) }],
  });
  let text = '';
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, '16 pears');
  assert.ok(usage.total_tokens > 0);
});

await step('find and delete the model', async () => {
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes(job.fine_tuned_model));
  assert.equal((await client.models.delete(job.fine_tuned_model)).deleted, true);
  await assert.rejects(client.models.retrieve(job.fine_tuned_model), OpenAI.NotFoundError);
});

await step('cancel', async () => {
  const other = await create(file.id);
  const cancelled = await client.fineTuning.jobs.cancel(other.id);
  assert.equal(cancelled.status, 'cancelled');
  assert.equal(cancelled.finished_at, null);
});

await step('upload in parts', async () => {
  const bytes = Buffer.from(dataset(40));
  const begun = await client.uploads.create({ bytes: bytes.length, filename: 'big.jsonl', mime_type: 'text/jsonl', purpose: 'fine-tune' });
  const parts = [bytes.subarray(0, 900), bytes.subarray(900)].map(async (data) =>
    (await client.uploads.parts.create(begun.id, { data: await toFile(data, 'part') })).id);
  const done = await client.uploads.complete(begun.id, { part_ids: await Promise.all(parts) });
  assert.equal(done.status, 'completed');
  assert.equal(done.file.bytes, bytes.length);
});

await step('fail a job on too few examples', async () => {
  const small = await upload(3);
  const failing = await create(small.id);
  await advance(60);
  const failed = await client.fineTuning.jobs.retrieve(failing.id);
  assert.equal(failed.status, 'failed');
  assert.equal(failed.error.code, 'invalid_n_examples');
});

await step('map refusals to the error classes', async () => {
  await assert.rejects(create('file-none'), (e) => e instanceof OpenAI.BadRequestError && e.param === 'training_file' && e.code === null);
  await assert.rejects(create(file.id, { model: 'gpt-none' }), (e) => e instanceof OpenAI.BadRequestError && e.code === 'model_not_available');
  await assert.rejects(client.fineTuning.jobs.retrieve('ftjob-none'), OpenAI.NotFoundError);
  await assert.rejects(client.files.retrieve('file-none'), (e) => e instanceof OpenAI.NotFoundError && e.message.includes('No such File object: file-none'));
  await assert.rejects(
    client.chat.completions.create({ model: 'ft:gpt-4o-mini-2024-07-18:emulator::none', messages: [{ role: 'user', content: 'x' }] }),
    (e) => e instanceof OpenAI.NotFoundError && e.code === 'model_not_found');
});

await step('map scripted faults to the error classes', async () => {
  const onGet = { method: 'GET', path: '/v1/fine_tuning/jobs/*' };
  await post('faults', { kind: 'fail-before', match: onGet, status: 429, retry_after: '1', code: 'rate_limit_exceeded' });
  await assert.rejects(client.fineTuning.jobs.retrieve(job.id), (e) => e instanceof OpenAI.RateLimitError && e.code === 'rate_limit_exceeded');
  await post('faults', { kind: 'fail-before', match: onGet, status: 503 });
  await assert.rejects(client.fineTuning.jobs.retrieve(job.id), OpenAI.InternalServerError);
  await post('faults', { kind: 'commit-then-drop', match: { method: 'POST', path: '/v1/fine_tuning/jobs' } });
  await assert.rejects(create(file.id), OpenAI.APIConnectionError);
});

await step('delete the file', async () => {
  assert.equal((await client.files.delete(file.id)).deleted, true);
  await assert.rejects(client.files.content(file.id), OpenAI.NotFoundError);
});
