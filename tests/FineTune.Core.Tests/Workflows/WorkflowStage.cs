using System.Text.Json;
using FineTune.Hosting;
using FineTune.Workflows;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace FineTune.Core.Tests.Workflows;

/// <summary>
/// A workflow's context that answers as the test says and remembers, in order, what the workflow did. Waiting moves its clock; what was
/// not answered for fails the test.
/// </summary>
internal sealed class WorkflowStage
{
    public static readonly DateTime Start = new(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc);

    private readonly Mock<IWorkflowContext> _mock = new(MockBehavior.Strict);
    private readonly Queue<RunSignal> _signals = new();

    public WorkflowStage()
    {
        _mock.SetupGet(context => context.InstanceId).Returns("run-1");
        _mock.SetupGet(context => context.CurrentUtcDateTime).Returns(() => Now);
        _mock.SetupGet(context => context.Logger).Returns(NullLogger.Instance);
        _mock.Setup(context => context.SetCustomStatus(It.IsAny<FineTuneProgress>())).Callback<FineTuneProgress>(Progress.Add);
        _mock.Setup(context => context.ContinueAsNew(It.IsAny<object>())).Callback<object>(ContinuedWith.Add);
        _mock.Setup(context => context.WaitForExternalEvent<RunSignal>(RunSignal.EventName, It.IsAny<TimeSpan>()))
            .ReturnsAsync((string _, TimeSpan timeout) => Wait(timeout));
    }

    public IWorkflowContext Context => _mock.Object;

    public DateTime Now { get; private set; } = Start;

    /// <summary>Activities and sub-workflows by name.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>The same, with what they were given.</summary>
    public List<object> Inputs { get; } = [];

    /// <summary>The retry rule of each activity.</summary>
    public Dictionary<string, RetryRule> Rules { get; } = [];

    public List<TimeSpan> Waits { get; } = [];

    public List<FineTuneProgress> Progress { get; } = [];

    public List<object> ContinuedWith { get; } = [];

    /// <summary>Every call, wait, status and restart in words that two runs can be compared by.</summary>
    public List<string> Story { get; } = [];

    /// <summary>One answer a call; the last one goes on for ever.</summary>
    public WorkflowStage Answer<T>(string name, params T[] answers) => AnswerWith(name, () => answers[Math.Min(Calls.Count(call => call == name), answers.Length) - 1]);

    public WorkflowStage AnswerWith<T>(string name, Func<T> answer)
    {
        _mock.Setup(context => context.CallActivityAsync<T>(name, It.IsAny<object>(), It.IsAny<RetryRule>()))
            .Returns((string _, object input, RetryRule rule) => Called(name, input, () =>
            {
                Rules[name] = rule;
                return answer();
            }));
        return this;
    }

    public WorkflowStage AnswerFollower(FollowedJob answer) => AnswerSubWorkflow(nameof(FollowJobWorkflow), "run-1-job", answer);

    public WorkflowStage AnswerSubWorkflow<T>(string name, string instanceId, T answer)
    {
        _mock.Setup(context => context.CallSubWorkflowAsync<T>(name, instanceId, It.IsAny<object>()))
            .Returns((string called, string _, object input) => Called(called, input, () => answer));
        return this;
    }

    public WorkflowStage Fail<T>(string name) => AnswerWith<T>(name, () => throw new ActivityFailedException(name, "InvalidOperationException", "the disk is full"));

    /// <summary>Wakes the next wait at once.</summary>
    public WorkflowStage Signal(RunSignalKind kind)
    {
        _signals.Enqueue(new RunSignal(kind, "ann"));
        return this;
    }

    public T InputOf<T>() => Inputs.OfType<T>().First();

    private Task<T> Called<T>(string name, object input, Func<T> answer)
    {
        Calls.Add(name);
        Inputs.Add(input);
        Story.Add($"{name} {JsonSerializer.Serialize(input, FineTuneJson.Default.GetTypeInfo(input.GetType())!)}");
        try
        {
            return Task.FromResult(answer());
        }
        catch (ActivityFailedException failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    private RunSignal? Wait(TimeSpan timeout)
    {
        Story.Add($"wait {timeout}");
        Waits.Add(timeout);
        if (_signals.TryDequeue(out RunSignal? signal))
        {
            return signal;
        }

        Now += timeout;
        return null;
    }
}
