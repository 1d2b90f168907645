using System.Text.Json;
using System.Text.Json.Nodes;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Workflows;

namespace FineTune.Tests.Scenarios;

/// <summary>The stories that every engine must tell alike.</summary>
internal static class ScenarioTable
{
    private const string Began =
        """
        * info Simulated training: the emulator trains no model; its curve is derived from the dataset.
        * info Created fine-tuning job: <job>
        * info Validating training file: <file>
        """;

    private const string Trained =
        $"""
        {Began}
        * info Files validated, moving job to queued state
        * info Fine-tuning job started
        * info Checkpoint created at step 72: <checkpoint>
        * info Checkpoint created at step 84: <checkpoint>
        """;

    private const string Success =
        $"""
        Succeeded: Model <model> is ready.
        12 examples, 384 tokens, 2712 trained, 3 checkpoints
        error - -; cancel requested False
        1 models; alias <model>
        {Trained}
        * info Checkpoint created at step 96: <model>
        * info New fine-tuned model created: <model>
        * info Moderation checks for snapshot <model> passed.
        * info The job has successfully completed
        96 metrics
        """;

    private static readonly string Twelve = Examples(12);

    public static IReadOnlyDictionary<string, Scenario> All { get; } = new Dictionary<string, Scenario>
    {
        ["success"] = new() { Content = Twelve, Story = Success },
        ["reinforcement"] = new()
        {
            Content = Prompts(from: 1, count: 12),
            Validation = Prompts(from: 13, count: 3),
            Request = new StartRequest
            {
                Model = "o4-mini",
                Method = TrainingMethod.Reinforcement,
                EvalInterval = 5,
                Grader = JsonElement.Parse("""{"type":"string_check","input":"{{sample.output_text}}","reference":"{{item.answer}}","operation":"eq"}"""),
            },
            Story = Success
                .Replace("384 tokens, 2712 trained", "180 tokens, 1056 trained", StringComparison.Ordinal)
                .Replace("training file: <file>", "training file: <file> and validation file: <validation>", StringComparison.Ordinal),
        },
        ["invalid dataset"] = new()
        {
            Content = Examples(3),
            Story =
                """
                Invalid: support-bot.jsonl cannot be trained on: examples-too-few. Nothing was uploaded. Mend what the report lists and drop the dataset again.
                3 examples, 96 tokens, 0 trained, 0 checkpoints
                error - -; cancel requested False
                0 models; alias -
                0 metrics
                """,
        },
        ["failed job"] = new()
        {
            Content = Twelve,
            Faults = [new Fault { Kind = FaultKind.ModerationFailure, Code = "unsafe_content", Message = "The model was refused." }],
            Story =
                $"""
                Failed: Job <job> failed: The model was refused.
                12 examples, 384 tokens, 0 trained, 0 checkpoints
                error unsafe_content -; cancel requested False
                0 models; alias -
                {Trained}
                * info Checkpoint created at step 96: <checkpoint>
                * error The model was refused.
                96 metrics
                """,
        },
        ["outage while following"] = new() { Content = Twelve, Faults = [Answer(503, "GET", "/v1/fine_tuning/jobs/*", times: 2)], Story = Success },
        ["refused upload"] = new()
        {
            Content = Twelve,
            Faults = [Answer(400, "POST", "/v1/files", times: 0)],
            Story = Stopped("UploadDataset failed: The provider refused with HTTP 400 (scripted): Scripted.", "ProviderRefusedException"),
        },
        ["wrong key at creation"] = new()
        {
            Content = Twelve,
            Faults = [Answer(401, "POST", "/v1/fine_tuning/jobs", times: 0)],
            Story = Stopped("Scripted.", "scripted"),
        },
        ["cancelled while training"] = new()
        {
            Content = Twelve,
            Provider = new EmulatorOptions { Speed = 5, Seed = 7, Validating = TimeSpan.FromMinutes(2) },
            Meanwhile = async (host, run) =>
            {
                await host.ReachesAsync(run, FineTuneStep.Training);
                await host.AskAsync<CancelRun, RunView>(cancel => cancel.RunAsync(run, "Ada", TestContext.Current.CancellationToken));
            },
            Story =
                $"""
                Cancelled: Job <job> was cancelled.
                12 examples, 384 tokens, 0 trained, 0 checkpoints
                error - -; cancel requested True
                0 models; alias -
                {Began}
                * info Fine-tuning job cancelled
                0 metrics
                """,
        },
        ["approved after a wait"] = new()
        {
            Content = Twelve,
            Settings = new Dictionary<string, string?> { ["FineTune:ApproveAbove"] = "0" },
            Meanwhile = (host, run) => DecideAsync(host, run, isApproved: true),
            Story = Success,
        },
        ["rejected after a wait"] = new()
        {
            Content = Twelve,
            Settings = new Dictionary<string, string?> { ["FineTune:ApproveAbove"] = "0" },
            Meanwhile = (host, run) => DecideAsync(host, run, isApproved: false),
            Story =
                """
                Rejected: Ada refused up to $0.0154; nothing was uploaded.
                12 examples, 384 tokens, 0 trained, 0 checkpoints
                error - -; cancel requested False
                0 models; alias -
                0 metrics
                """,
        },
        ["overwritten before upload"] = new()
        {
            Content = Twelve,
            Settings = new Dictionary<string, string?> { ["FineTune:ApproveAbove"] = "0" },
            Meanwhile = async (host, run) =>
            {
                await host.ReachesAsync(run, FineTuneStep.AwaitingApproval);
                await host.DropAsync(ScenarioHost.Dataset, Examples(13));
                await DecideAsync(host, run, isApproved: true);
            },
            Story =
                """
                Superseded: Dataset 'support-bot.jsonl' was overwritten after this run began: expected version <version>. The new version gets a run of its own.
                12 examples, 384 tokens, 0 trained, 0 checkpoints
                error - -; cancel requested False
                0 models; alias -
                0 metrics
                """,
        },
        ["120 looks"] = new()
        {
            Content = Twelve,
            Provider = new EmulatorOptions { Seed = 7, Validating = TimeSpan.FromHours(1) },
            Settings = new Dictionary<string, string?> { ["FineTune:PollAtMost"] = "00:00:00.05" },
            Meanwhile = async (host, run) =>
            {
                await host.LooksAtJobAsync(120); // two generations of looks and a part of the third
                host.Emulator.Advance(TimeSpan.FromHours(2));
            },
            Story = Success,
        },
    };

    private static string Stopped(string detail, string code) =>
        $"""
        NeedsAttention: {detail}
        12 examples, 384 tokens, 0 trained, 0 checkpoints
        error {code} -; cancel requested False
        0 models; alias -
        0 metrics
        """;

    private static Fault Answer(int status, string method, string path, int times) => new()
    {
        Kind = FaultKind.FailBefore,
        Status = status,
        Code = "scripted",
        Message = "Scripted.",
        Match = new FaultMatch { Method = method, Path = path, Times = times },
    };

    private static async Task DecideAsync(ScenarioHost host, string run, bool isApproved)
    {
        await host.ReachesAsync(run, FineTuneStep.AwaitingApproval);
        await host.AskAsync<DecideRun, RunView>(decide => decide.RunAsync(run, new Decision(isApproved, "Ada"), TestContext.Current.CancellationToken));
    }

    private static string Examples(int count) => string.Concat(Enumerable.Range(1, count).Select(number => Line(number) + "\n"));

    private static string Prompts(int from, int count) => string.Concat(Enumerable.Range(from, count).Select(
        number => $$"""{"messages":[{"role":"user","content":"What is {{number}} and {{number}}?"}],"answer":"{{number + number}}"}""" + "\n"));

    private static string Line(int number) => new JsonObject
    {
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = $"How do I reset device number {number}?" },
            new JsonObject { ["role"] = "assistant", ["content"] = $"Hold its button for {number} seconds, then let go." }),
    }.ToJsonString();
}
