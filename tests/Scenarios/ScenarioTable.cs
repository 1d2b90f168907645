using System.Text.Json.Nodes;
using FineTune.Emulator;
using FineTune.Emulator.Faults;
using FineTune.Operations;
using FineTune.Workflows;

namespace FineTune.Tests.Scenarios;

/// <summary>The stories that every engine must tell alike.</summary>
internal static class ScenarioTable
{
    private static readonly string Twelve = Examples(12);

    public static IReadOnlyDictionary<string, Scenario> All { get; } = new Dictionary<string, Scenario>
    {
        ["success"] = new() { Content = Twelve, Story = "" },
        ["invalid dataset"] = new() { Content = Examples(3), Story = "" },
        ["failed job"] = new()
        {
            Content = Twelve,
            Faults = [new Fault { Kind = FaultKind.ModerationFailure, Code = "unsafe_content", Message = "The model was refused." }],
            Story = "",
        },
        ["outage while following"] = new()
        {
            Content = Twelve,
            Faults =
            [
                new Fault
                {
                    Kind = FaultKind.FailBefore, Status = 503,
                    Match = new FaultMatch { Method = "GET", Path = "/v1/fine_tuning/jobs/*", Times = 2 },
                },
            ],
            Story = "",
        },
        ["wrong key"] = new()
        {
            Content = Twelve,
            Faults =
            [
                new Fault
                {
                    Kind = FaultKind.FailBefore, Status = 401, Code = "invalid_api_key", Message = "Incorrect API key provided.",
                    Match = new FaultMatch { Method = "POST", Path = "/v1/files", Times = 0 },
                },
            ],
            Story = "",
        },
        ["cancelled while training"] = new()
        {
            Content = Twelve,
            Provider = new EmulatorOptions { Speed = 5, Seed = 7, Validating = TimeSpan.FromSeconds(1), Queued = TimeSpan.FromSeconds(1) },
            Meanwhile = async (host, run) =>
            {
                await host.ReachesAsync(run, FineTuneStep.Training);
                await host.AskAsync<CancelRun, RunView>(cancel => cancel.RunAsync(run, "Ada", TestContext.Current.CancellationToken));
            },
            Story = "",
        },
        ["approved after a wait"] = new()
        {
            Content = Twelve,
            Settings = new Dictionary<string, string?> { ["FineTune:ApproveAbove"] = "0" },
            Meanwhile = (host, run) => DecideAsync(host, run, isApproved: true),
            Story = "",
        },
        ["rejected after a wait"] = new()
        {
            Content = Twelve,
            Settings = new Dictionary<string, string?> { ["FineTune:ApproveAbove"] = "0" },
            Meanwhile = (host, run) => DecideAsync(host, run, isApproved: false),
            Story = "",
        },
        ["120 looks"] = new()
        {
            Content = Twelve,
            Provider = new EmulatorOptions { Speed = 6, Seed = 7 }, // some 85 emulated seconds: longer than two generations of looks
            Settings = new Dictionary<string, string?> { ["FineTune:PollAtMost"] = "00:00:00.05" },
            Looks = 120,
            Story = "",
        },
    };

    private static async Task DecideAsync(ScenarioHost host, string run, bool isApproved)
    {
        await host.ReachesAsync(run, FineTuneStep.AwaitingApproval);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await host.AskAsync<DecideRun, RunView>(decide => decide.RunAsync(run, new Decision(isApproved, "Ada"), TestContext.Current.CancellationToken));
    }

    private static string Examples(int count) => string.Concat(Enumerable.Range(1, count).Select(number => Line(number) + "\n"));

    private static string Line(int number) => new JsonObject
    {
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = $"How do I reset device number {number}?" },
            new JsonObject { ["role"] = "assistant", ["content"] = $"Hold its button for {number} seconds, then let go." }),
    }.ToJsonString();
}
