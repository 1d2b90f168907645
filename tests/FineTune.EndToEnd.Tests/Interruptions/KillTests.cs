using FineTune.Operations;
using FineTune.Workflows;

namespace FineTune.EndToEnd.Tests.Interruptions;

// The real program dies by SIGKILL at a named step, and the same command is given again. Three classes, for xunit runs classes side by side.

/// <summary>Killed when an activity is about to begin.</summary>
public sealed class KilledBeforeAStepTests
{
    [Theory, MemberData(nameof(Steps.Activities), MemberType = typeof(Steps))]
    public Task Run_EndsAsIfNothingHadHappened_WhenKilledBefore(string activity) => Interrupted.RunAsync($"{activity}:before");
}

/// <summary>Killed when an activity has done its work, but nobody has written that down.</summary>
public sealed class KilledAfterAStepTests
{
    [Theory, MemberData(nameof(Steps.Activities), MemberType = typeof(Steps))]
    public Task Run_EndsAsIfNothingHadHappened_WhenKilledAfter(string activity) => Interrupted.RunAsync($"{activity}:done");
}

/// <summary>Killed when a step's result is in the journal, but the workflow has not heard of it.</summary>
public sealed class KilledOnceJournaledTests
{
    [Theory, MemberData(nameof(Steps.Activities), MemberType = typeof(Steps))]
    [InlineData(nameof(FollowJobWorkflow))]
    public Task Run_EndsAsIfNothingHadHappened_WhenKilledOnceJournaled(string step) => Interrupted.RunAsync($"{step}:journaled");
}

/// <summary>The steps at which a run can die.</summary>
public static class Steps
{
    public static TheoryData<string> Activities { get; } = [.. KillPoint.Steps];
}

/// <summary>A run that is killed once and started again.</summary>
internal static class Interrupted
{
    private const int Killed = 137; // 128 + SIGKILL

    public static async Task RunAsync(string crashAt)
    {
        await using Scene scene = await Scene.OpenAsync();
        string[] command = ["run", scene.Write("lamps.jsonl", ChatDataset.On("lamp")), "--json"];

        (await scene.FineTuneAsync(crashAt, command)).ExitsWith(Killed);
        RunView run = (await scene.FineTuneAsync(command)).ExitsWith(0).Run;

        await Books.AgreeOnSuccessAsync(scene, run);
    }
}
