using FineTune.Operations;
using FineTune.Ports;
using FineTune.Spending;
using FineTune.Workflows;

namespace FineTune.Core.Tests.Architecture;

/// <summary>One full sample of everything that is stored, beside the JSON it must have for ever.</summary>
internal static class PersistedShapes
{
    private const string SpecText =
        """{"model":"m","method":"dpo","hyperparameters":{"epochs":3,"batchSize":4,"learningRateMultiplier":0.5,"beta":0.1,"reasoningEffort":"low","computeMultiplier":1.5,"evalInterval":5,"evalSamples":2},"suffix":"s","seed":7,"graderSha256":"gsha","validationDataset":"v","alias":"a","generation":"g"}""";

    private const string DatasetText = """{"name":"d.jsonl","eTag":"v1","length":500}""";

    private const string LimitsText =
        """{"approveAbove":1.5,"approvalDeadline":"7.00:00:00","pollEvery":"00:00:10","pollAtMost":"00:05:00","fileDeadline":"01:00:00","createDeadline":"2.00:00:00","jobDeadline":"30.00:00:00","stalledAfter":"06:00:00","notifies":true}""";

    private const string EndText =
        """{"status":"Failed","detail":"why","modelId":"ft:m","jobId":"job","trainedTokens":9,"shutdownDate":"2027-01-14","errorCode":"code","errorParam":"param"}""";

    private const string ProgressText = """{"step":"Training","detail":"so far","percent":40.5,"trainLoss":1.5,"validLoss":1.25}""";

    private const string NoonText = "\"2026-11-21T12:00:00+00:00\"";

    private static readonly DateTime Noon = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    private static readonly FineTuneSpec Spec = new()
    {
        Model = "m",
        Method = TrainingMethod.Preference,
        Hyperparameters = new Hyperparameters(3, 4, 0.5, 0.1, "low", 1.5, 5, 2),
        Suffix = "s",
        Seed = 7,
        GraderSha256 = "gsha",
        ValidationDataset = "v",
        Alias = "a",
        Generation = "g",
    };

    private static readonly DatasetVersion Dataset = new("d.jsonl", "v1", 500);

    private static readonly RunLimits Limits = new()
    {
        ApproveAbove = 1.5m,
        ApprovalDeadline = TimeSpan.FromDays(7),
        PollEvery = TimeSpan.FromSeconds(10),
        PollAtMost = TimeSpan.FromMinutes(5),
        FileDeadline = TimeSpan.FromHours(1),
        CreateDeadline = TimeSpan.FromDays(2),
        JobDeadline = TimeSpan.FromDays(30),
        StalledAfter = TimeSpan.FromHours(6),
        Notifies = true,
    };

    private static readonly DateOnly LastDay = new(2027, 1, 14);

    private static readonly FineTuneOutcome End = new(RunStatus.Failed, "why")
    {
        ModelId = "ft:m",
        JobId = "job",
        TrainedTokens = 9,
        ShutdownDate = LastDay,
        ErrorCode = "code",
        ErrorParam = "param",
    };

    private static readonly FineTuneProgress Progress = new(FineTuneStep.Training, "so far", 40.5, 1.5, 1.25);

    public static TheoryData<object, string> All => new()
    {
        { new FineTuneInput(Dataset, Dataset, Spec, Limits, 2) { JobId = "job" }, $$"""{"dataset":{{DatasetText}},"validation":{{DatasetText}},"spec":{{SpecText}},"limits":{{LimitsText}},"form":2,"jobId":"job"}""" },
        { End, EndText },
        { Progress, ProgressText },
        { new RunSignal(RunSignalKind.Cancel, "ann"), """{"kind":"Cancel","by":"ann"}""" },
        { new InspectInput("run", Dataset, Dataset, Spec), $$"""{"runId":"run","dataset":{{DatasetText}},"validation":{{DatasetText}},"spec":{{SpecText}}}""" },
        { new Inspection(End, "key", "sha", "vsha", 3.2m, 4), $$"""{"end":{{EndText}},"key":"key","sha256":"sha","validationSha256":"vsha","priceHigh":3.2,"epochsHigh":4}""" },
        { new ClaimInput("run", "key"), """{"runId":"run","key":"key"}""" },
        { new Claim(End), $$"""{"end":{{EndText}}}""" },
        { new ApproveInput("run", "key", 3.2m, 4, Limits), $$"""{"runId":"run","key":"key","priceHigh":3.2,"epochsHigh":4,"limits":{{LimitsText}}}""" },
        { new SpendingApproval(End, TimeSpan.FromDays(1), "why", 4), $$"""{"end":{{EndText}},"wait":"1.00:00:00","detail":"why","epochs":4}""" },
        { new UploadInput("run", Dataset, "sha", "key.jsonl", true), $$"""{"runId":"run","dataset":{{DatasetText}},"sha256":"sha","fileName":"key.jsonl","isValidation":true}""" },
        { new Upload(End, "file"), $$"""{"end":{{EndText}},"fileId":"file"}""" },
        { new CheckFileInput("run", "file"), """{"runId":"run","fileId":"file"}""" },
        { new FileCheck(End, true), $$"""{"end":{{EndText}},"ready":true}""" },
        { new CreateJobInput("run", "key", Spec, "file", "vfile"), $$"""{"runId":"run","key":"key","spec":{{SpecText}},"trainingFileId":"file","validationFileId":"vfile"}""" },
        { new JobCreation(End, "job", TimeSpan.FromSeconds(150), "why", true), $$"""{"end":{{EndText}},"jobId":"job","wait":"00:02:30","detail":"why","stopsClock":true}""" },
        {
            new AwaitJobInput(new CreateJobInput("run", "key", Spec, "file", null), Noon, new JobCreation(null, Wait: TimeSpan.FromMinutes(1))),
            $$$"""{"job":{"runId":"run","key":"key","spec":{{{SpecText}}},"trainingFileId":"file"},"deadline":"2026-11-21T12:00:00Z","first":{"wait":"00:01:00","stopsClock":false}}"""
        },
        {
            new FollowJobInput("run", "job", Limits, Noon, TimeSpan.FromSeconds(15), "ev", Progress, Noon, new JobStatus("running"), Noon),
            $$"""{"runId":"run","jobId":"job","limits":{{LimitsText}},"deadline":"2026-11-21T12:00:00Z","pause":"00:00:15","afterEventId":"ev","progress":{{ProgressText}},"verifyAt":"2026-11-21T12:00:00Z","status":"running","newsAt":"2026-11-21T12:00:00Z"}"""
        },
        { new FollowedJob(End), $$"""{"end":{{EndText}}}""" },
        { new ReadJobInput("run", "job", "ev", TimeSpan.FromHours(7)), """{"runId":"run","jobId":"job","afterEventId":"ev","silence":"07:00:00"}""" },
        {
            new JobLook(new JobStatus("running"), true, true, "ev", Progress, true),
            $$"""{"status":"running","awaitsModel":true,"hasNews":true,"lastEventId":"ev","progress":{{ProgressText}},"noAnswer":true}"""
        },
        { new CancelSurplusInput("run", "job"), """{"runId":"run","jobId":"job"}""" },
        { new CollectInput("run", "job"), """{"runId":"run","jobId":"job"}""" },
        { new RecordInput("run", End), $$"""{"runId":"run","outcome":{{EndText}}}""" },
        { new SettleInput("run"), """{"runId":"run"}""" },
        { new CleanUpInput("run"), """{"runId":"run"}""" },
        { new NotifyInput("run"), """{"runId":"run"}""" },
        { new Done(), "{}" },
        {
            new StartRequest
            {
                Dataset = "d.jsonl", RunId = "run", Model = "m", Method = TrainingMethod.Supervised, Epochs = 3, BatchSize = 4,
                LearningRateMultiplier = 0.5, Beta = 0.1, Suffix = "s", Seed = 7, ValidationDataset = "v", Alias = "a", Generation = "g", Priority = 5,
            },
            """{"dataset":"d.jsonl","runId":"run","model":"m","method":"supervised","epochs":3,"batchSize":4,"learningRateMultiplier":0.5,"beta":0.1,"suffix":"s","seed":7,"validationDataset":"v","alias":"a","generation":"g","priority":5}"""
        },
        {
            new RunRow
            {
                RunId = "run", Dataset = Dataset, Spec = Spec, CreatedAt = Noon, UpdatedAt = Noon, Status = RunStatus.Failed, Detail = "why",
                CancelRequested = true, Priority = 5, Paused = new Pause("ann", Noon), JobPauseAsked = true,
                ApprovalRequest = new ApprovalRequest("why", Noon, Noon, Noon, true), Approval = new ApprovalDecision(true, "ann", Noon, "key", Noon),
                BudgetMonth = "2026-11", Alarm = new RunAlarm("stalled", Noon, "why"), Key = "key", Sha256 = "sha", ValidationSha256 = "vsha", Examples = 12, Tokens = 34, PriceLow = 0.5m, PriceHigh = 1.5m, Report = "place",
                UploadBegun = true, ValidationUploadBegun = true, UploadRepeated = true, TrainingFileId = "file", ValidationFileId = "vfile", FilesExpireAt = Noon, JobId = "job", ModelId = "ft:m", TrainedTokens = 9, Cost = 0.5m,
                ShutdownDate = LastDay, ErrorCode = "code", ErrorParam = "param", RecoveredAt = Noon,
                DeletedFiles = [new DeletedFile("file", Noon, "gone")],
            },
            $$"""{"runId":"run","dataset":{{DatasetText}},"spec":{{SpecText}},"createdAt":"2026-11-21T12:00:00+00:00","updatedAt":"2026-11-21T12:00:00+00:00","status":"Failed","detail":"why","cancelRequested":true,"priority":5,"paused":{"by":"ann","at":{{NoonText}}},"jobPauseAsked":true,"approvalRequest":{"reason":"why","askedAt":{{NoonText}},"remindAt":{{NoonText}},"deadline":{{NoonText}},"overMonth":true},"approval":{"approved":true,"by":"ann","at":{{NoonText}},"key":"key","askedAt":{{NoonText}}},"budgetMonth":"2026-11","alarm":{"code":"stalled","since":{{NoonText}},"detail":"why"},"key":"key","sha256":"sha","validationSha256":"vsha","examples":12,"tokens":34,"priceLow":0.5,"priceHigh":1.5,"report":"place","uploadBegun":true,"validationUploadBegun":true,"uploadRepeated":true,"trainingFileId":"file","validationFileId":"vfile","filesExpireAt":{{NoonText}},"jobId":"job","modelId":"ft:m","trainedTokens":9,"cost":0.5,"shutdownDate":"2027-01-14","errorCode":"code","errorParam":"param","recoveredAt":{{NoonText}},"deletedFiles":[{"fileId":"file","at":{{NoonText}},"answer":"gone"}]}"""
        },
        {
            new JobOrigin
            {
                RunId = "run", Dataset = Dataset, Spec = Spec, CreatedAt = Noon, Sha256 = "sha", ValidationSha256 = "vsha", Examples = 12, Tokens = 34,
                PriceLow = 0.5m, PriceHigh = 1.5m,
            },
            $$"""{"runId":"run","dataset":{{DatasetText}},"spec":{{SpecText}},"createdAt":"2026-11-21T12:00:00+00:00","sha256":"sha","validationSha256":"vsha","examples":12,"tokens":34,"priceLow":0.5,"priceHigh":1.5}"""
        },
        {
            new SpendingClaim { Key = "key", RunId = "run", Attempts = 2, FirstIntentAt = Noon, OpenIntentAt = Noon, EmptyLookAt = Noon, NotBefore = Noon, JobId = "job" },
            """{"key":"key","runId":"run","attempts":2,"firstIntentAt":"2026-11-21T12:00:00+00:00","openIntentAt":"2026-11-21T12:00:00+00:00","emptyLookAt":"2026-11-21T12:00:00+00:00","notBefore":"2026-11-21T12:00:00+00:00","jobId":"job"}"""
        },
        { new MonthSum(12.5m), """{"committed":12.5}""" },
        { new MonthShare(3.2m, true), """{"amount":3.2,"settled":true}""" },
        {
            new LineGate(2, "2026-11-21", 3, "No more.", Noon, true, 4),
            $$"""{"held":2,"day":"2026-11-21","today":3,"closed":"No more.","closedUntil":{{NoonText}},"isDaily":true,"refusals":4}"""
        },
        { new LinePlace("2026-11-21"), """{"day":"2026-11-21"}""" },
        { new LineTicket(Noon), $$"""{"asksAgainAt":{{NoonText}}}""" },
        {
            new RunEvent("ev", Noon, "info", "metrics", "Step 3", new Dictionary<string, double> { ["train_loss"] = 1.5 }),
            """{"id":"ev","createdAt":"2026-11-21T12:00:00+00:00","level":"info","type":"metrics","message":"Step 3","metrics":{"train_loss":1.5}}"""
        },
        {
            new ModelRow
            {
                ModelId = "ft:m", RunId = "run", JobId = "job", BaseModel = "m", Dataset = "d.jsonl", CreatedAt = Noon, Alias = "a", TrainedTokens = 9,
                Sha256 = "sha", ShutdownDate = LastDay,
            },
            """{"modelId":"ft:m","runId":"run","jobId":"job","baseModel":"m","dataset":"d.jsonl","createdAt":"2026-11-21T12:00:00+00:00","alias":"a","trainedTokens":9,"sha256":"sha","shutdownDate":"2027-01-14"}"""
        },
        {
            new AliasRow { Alias = "a", ModelId = "ft:m", ModelCreatedAt = Noon, Held = true, History = [new AliasChange(Noon, "ann", "ft:l", "ft:m", Held: true)] },
            """{"alias":"a","modelId":"ft:m","modelCreatedAt":"2026-11-21T12:00:00+00:00","held":true,"history":[{"at":"2026-11-21T12:00:00+00:00","by":"ann","from":"ft:l","to":"ft:m","held":true}]}"""
        },
    };

    /// <summary>What a history or ledger of the first release may hold, and what it must be read as: optional members take their defaults.</summary>
    public static TheoryData<string, object> Sparse => new()
    {
        { """{"model":"m"}""", new FineTuneSpec { Model = "m" } },
        { """{"model":"m","hyperparameters":null}""", new FineTuneSpec { Model = "m" } },
        {
            """{"model":"m","method":"dpo","hyperparameters":{"epochs":3,"batchSize":4,"learningRateMultiplier":0.5,"beta":0.1},"seed":42}""",
            new FineTuneSpec { Model = "m", Method = TrainingMethod.Preference, Hyperparameters = new Hyperparameters(3, 4, 0.5, 0.1) }
        },
        { """{"model":"m","seed":0}""", new FineTuneSpec { Model = "m", Seed = 0 } },
        { """{"status":"Failed","detail":"why"}""", new FineTuneOutcome(RunStatus.Failed, "why") },
        { """{"step":"Training","detail":"so far"}""", new FineTuneProgress(FineTuneStep.Training, "so far") },
        { """{"dataset":{"name":"d.jsonl","eTag":"v1","length":500},"spec":{"model":"m"},"limits":""" + LimitsText + ",\"form\":2}", new FineTuneInput(Dataset, null, new FineTuneSpec { Model = "m" }, Limits, 2) },
        { "{}", new Inspection(End: null) },
        { "{}", new Claim(End: null) },
        { "{}", new SpendingApproval(End: null) },
        { "{}", new LineGate() },
        {
            """{"runId":"run","key":"key","spec":{"model":"m"},"trainingFileId":"file"}""",
            new CreateJobInput("run", "key", new FineTuneSpec { Model = "m" }, "file", ValidationFileId: null)
        },
        { """{"status":"running","awaitsModel":false,"hasNews":false,"progress":{"step":"Training","detail":"so far"}}""", new JobLook(new JobStatus("running"), false, false, null, new FineTuneProgress(FineTuneStep.Training, "so far")) },
        { "{}", new Upload(End: null) },
        { "{}", new FileCheck(End: null) },
        { "{}", new JobCreation(End: null) },
        { "{}", new FollowedJob(End: null) },
        { "{}", new Done() },
        { "{}", new StartRequest() },
        {
            """{"runId":"run","jobId":"job","limits":""" + LimitsText + ",\"deadline\":\"2026-11-21T12:00:00Z\",\"pause\":\"00:00:15\"}",
            new FollowJobInput("run", "job", Limits, Noon, TimeSpan.FromSeconds(15))
        },
        { """{"runId":"run","jobId":"job"}""", new ReadJobInput("run", "job", null) },
        {
            """{"runId":"run","dataset":{"name":"d.jsonl","eTag":"v1","length":500},"spec":{"model":"m"},"createdAt":"2026-11-21T12:00:00+00:00"}""",
            new RunRow { RunId = "run", Dataset = Dataset, Spec = new FineTuneSpec { Model = "m" }, CreatedAt = Noon }
        },
        { """{"key":"key","runId":"run"}""", new SpendingClaim { Key = "key", RunId = "run" } },
        {
            """{"id":"ev","createdAt":"2026-11-21T12:00:00+00:00","level":"info","type":"message","message":"Hi"}""",
            new RunEvent("ev", Noon, "info", "message", "Hi")
        },
        {
            """{"modelId":"ft:m","runId":"run","jobId":"job","baseModel":"m","dataset":"d.jsonl","createdAt":"2026-11-21T12:00:00+00:00"}""",
            new ModelRow { ModelId = "ft:m", RunId = "run", JobId = "job", BaseModel = "m", Dataset = "d.jsonl", CreatedAt = Noon }
        },
    };
}
