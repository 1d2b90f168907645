using FineTune.Workflows;

namespace FineTune.Local.Tests.Engine;

/// <summary>Small workflows that several tests share.</summary>
internal static class Workflows
{
    public static readonly RetryRule Twice = new(Attempts: 2, TimeSpan.FromSeconds(10), Backoff: 2, TimeSpan.FromMinutes(1));

    public static Task<Word> CallAsync(this IWorkflowContext context, string activity, Word input, RetryRule? retry = null)
        => context.CallActivityAsync<Word>(activity, input, retry ?? Twice);

    /// <summary>Fetch, then refine, then store.</summary>
    public static async Task<Word> ThreeStepsAsync(IWorkflowContext context, Word input)
    {
        var fetched = await context.CallAsync(nameof(Fetch), input);
        var refined = await context.CallAsync(nameof(Refine), fetched);
        return await context.CallAsync(nameof(Store), refined);
    }

    /// <summary>Everything there is: parallel activities, a timer, a sub-workflow, an event and a second generation.</summary>
    public static async Task<Word> EverythingAsync(IWorkflowContext context, Word input)
    {
        if (input.Text.StartsWith("second", StringComparison.Ordinal))
        {
            return await context.CallAsync(nameof(Store), input);
        }

        var parts = await Task.WhenAll(
            "xyz".Select(part => context.CallAsync(nameof(Fetch), new Word(input.Text + part))).ToArray());
        await context.CreateTimer(TimeSpan.FromMinutes(5));
        var child = await context.CallSubWorkflowAsync<Word>("Child", context.InstanceId + ":child", parts[1]);
        var answer = await context.WaitForExternalEvent<Word>("answer", TimeSpan.FromHours(1));
        context.ContinueAsNew(new Word($"second {parts[0].Text} {child.Text} {answer?.Text}"));
        return input;
    }
}
