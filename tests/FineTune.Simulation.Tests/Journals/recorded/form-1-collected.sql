-- next: RecordOutcome
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instance_id TEXT NOT NULL,
    name TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE TABLE instances (
    id TEXT NOT NULL PRIMARY KEY,
    workflow TEXT NOT NULL,
    status TEXT NOT NULL,
    generation INTEGER NOT NULL,
    input TEXT NOT NULL,
    started_at INTEGER NOT NULL, -- this and every time below: UTC ticks of 100 ns
    parent_id TEXT,
    output TEXT,
    error_type TEXT,
    error TEXT,
    progress TEXT
) STRICT;
CREATE TABLE steps (
    instance_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    input TEXT,
    child_id TEXT,
    turn INTEGER NOT NULL,
    due_at INTEGER,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    payload TEXT,
    error_type TEXT,
    delivery INTEGER,
    completed_at INTEGER,
    PRIMARY KEY (instance_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_by_instance ON inbox (instance_id);
CREATE INDEX instances_unfinished ON instances (id) WHERE status IN ('Running', 'Parked');
PRAGMA user_version = 1;
INSERT INTO instances VALUES ('ft-715e857c92a7c71bb155', 'FineTuneWorkflow', 'Running', 1, '{"dataset":{"name":"lamps.jsonl","eTag":"7b6-8df47add2b6cf10","length":1974},"spec":{"model":"gpt-4.1-mini-2025-04-14","method":"supervised","hyperparameters":{},"seed":42},"limits":{"approvalDeadline":"1.00:00:00","pollEvery":"00:00:20","pollAtMost":"00:05:00","fileDeadline":"01:00:00","createDeadline":"2.00:00:00","jobDeadline":"3.00:00:00"}}', 639308484000000000, NULL, NULL, NULL, NULL, '{"step":"Training","detail":"Job ftjob-lV09hyKq74a32lsgNgTIc3IS is created"}');
INSERT INTO instances VALUES ('ft-715e857c92a7c71bb155-job', 'FollowJobWorkflow', 'Completed', 9, '{"runId":"ft-715e857c92a7c71bb155","jobId":"ftjob-lV09hyKq74a32lsgNgTIc3IS","limits":{"approvalDeadline":"1.00:00:00","pollEvery":"00:00:20","pollAtMost":"00:05:00","fileDeadline":"01:00:00","createDeadline":"2.00:00:00","jobDeadline":"3.00:00:00"},"deadline":"2026-11-24T09:00:20Z","pause":"00:00:45","afterEventId":"ftevent-fDZjCen68zKD8GOsU66DIL5g","progress":{"step":"Training","detail":"Job ftjob-lV09hyKq74a32lsgNgTIc3IS is running","percent":96.9,"trainLoss":0.66619}}', 639308660637500000, 'ft-715e857c92a7c71bb155', '{}', NULL, NULL, '{"step":"Training","detail":"Job ftjob-lV09hyKq74a32lsgNgTIc3IS is succeeded","percent":100,"trainLoss":0.61975}');
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 0, 'Activity', 'InspectDataset', '{"runId":"ft-715e857c92a7c71bb155","dataset":{"name":"lamps.jsonl","eTag":"7b6-8df47add2b6cf10","length":1974},"spec":{"model":"gpt-4.1-mini-2025-04-14","method":"supervised","hyperparameters":{},"seed":42}}', NULL, 0, NULL, 0, 'Succeeded', '{"key":"d2e937d7a4c4669fb913ffed5b86d138a90ba847cf6a68633c6465776c5a6596","sha256":"2b3206e9d1afa00cc03954f18a4bbf4aa94764120331d308e9394f162fe73490","priceHigh":0.01872}', NULL, 1, 639308484000000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 1, 'Activity', 'ClaimKey', '{"runId":"ft-715e857c92a7c71bb155","key":"d2e937d7a4c4669fb913ffed5b86d138a90ba847cf6a68633c6465776c5a6596"}', NULL, 1, NULL, 0, 'Succeeded', '{}', NULL, 2, 639308484000000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 2, 'Activity', 'UploadDataset', '{"runId":"ft-715e857c92a7c71bb155","dataset":{"name":"lamps.jsonl","eTag":"7b6-8df47add2b6cf10","length":1974},"sha256":"2b3206e9d1afa00cc03954f18a4bbf4aa94764120331d308e9394f162fe73490","fileName":"d2e937d7a4c4669fb913ffed5b86d138a90ba847cf6a68633c6465776c5a6596.jsonl","isValidation":false}', NULL, 2, NULL, 0, 'Succeeded', '{"fileId":"file-7D1HGSrFY5C72qDrSxnZre"}', NULL, 3, 639308484000000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 3, 'Activity', 'CheckFile', '{"runId":"ft-715e857c92a7c71bb155","fileId":"file-7D1HGSrFY5C72qDrSxnZre"}', NULL, 3, NULL, 0, 'Succeeded', '{"ready":false}', NULL, 4, 639308484000000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 4, 'Event', 'signal', NULL, NULL, 4, 639308484200000000, 0, 'TimedOut', NULL, NULL, 5, 639308484200000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 5, 'Activity', 'CheckFile', '{"runId":"ft-715e857c92a7c71bb155","fileId":"file-7D1HGSrFY5C72qDrSxnZre"}', NULL, 5, NULL, 0, 'Succeeded', '{"ready":true}', NULL, 6, 639308484200000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 6, 'Activity', 'CreateJob', '{"runId":"ft-715e857c92a7c71bb155","key":"d2e937d7a4c4669fb913ffed5b86d138a90ba847cf6a68633c6465776c5a6596","spec":{"model":"gpt-4.1-mini-2025-04-14","method":"supervised","hyperparameters":{},"seed":42},"trainingFileId":"file-7D1HGSrFY5C72qDrSxnZre"}', NULL, 6, NULL, 0, 'Succeeded', '{"jobId":"ftjob-lV09hyKq74a32lsgNgTIc3IS"}', NULL, 7, 639308484200000000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 7, 'SubWorkflow', 'FollowJobWorkflow', NULL, 'ft-715e857c92a7c71bb155-job', 7, NULL, 0, 'Succeeded', '{}', NULL, 8, 639308664562500000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 8, 'Activity', 'CollectResult', '{"runId":"ft-715e857c92a7c71bb155","jobId":"ftjob-lV09hyKq74a32lsgNgTIc3IS"}', NULL, 8, NULL, 0, 'Succeeded', '{"status":"Succeeded","detail":"Model ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:CQ7Q60IC is ready.","modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:CQ7Q60IC","jobId":"ftjob-lV09hyKq74a32lsgNgTIc3IS","trainedTokens":3192,"checkpoints":[{"modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:cNz7mUUG:ckpt-step-72","step":72,"trainLoss":0.64988},{"modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:OX0UY7z0:ckpt-step-84","step":84,"trainLoss":0.70407},{"modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:CQ7Q60IC","step":96,"trainLoss":0.61975}]}', NULL, 9, 639308664562500000);
INSERT INTO steps VALUES ('ft-715e857c92a7c71bb155', 9, 'Activity', 'RecordOutcome', '{"runId":"ft-715e857c92a7c71bb155","outcome":{"status":"Succeeded","detail":"Model ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:CQ7Q60IC is ready.","modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:CQ7Q60IC","jobId":"ftjob-lV09hyKq74a32lsgNgTIc3IS","trainedTokens":3192,"checkpoints":[{"modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:cNz7mUUG:ckpt-step-72","step":72,"trainLoss":0.64988},{"modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:OX0UY7z0:ckpt-step-84","step":84,"trainLoss":0.70407},{"modelId":"ft:gpt-4.1-mini-2025-04-14:emulator:d2e937d7a4c4:CQ7Q60IC","step":96,"trainLoss":0.61975}]}}', NULL, 9, NULL, 0, NULL, NULL, NULL, NULL, NULL);
