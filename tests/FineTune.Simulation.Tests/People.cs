using FineTune.Operations;
using FineTune.Ports;
using FineTune.Simulation.Tests.Plans;
using FineTune.Simulation.Tests.World;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Simulation.Tests;

/// <summary>Everybody outside: who drops datasets, approves prices, and meddles at the provider's dashboard.</summary>
internal sealed class People(Plan plan, SimulatedWorld world, HostGroup hosts)
{
    private static readonly TimeSpan LongPause = TimeSpan.FromHours(3);

    private readonly SortedDictionary<DateTimeOffset, Func<Task>> _later = [];
    private readonly HashSet<string> _told = [];
    private readonly HashSet<string> _decided = [];
    private readonly Dictionary<string, string> _contents = [];
    private int _asked;

    public Sweeps Sweeps { get; } = new(hosts);

    public DateTimeOffset? NextDeed => _later.Count == 0 ? null : _later.Keys.First();

    public async Task BeginAsync()
    {
        foreach (PlannedDataset dataset in plan.Datasets)
        {
            string settings = $$"""{"batchSize": {{SimulatedWorld.Spec.Hyperparameters.BatchSize}}{{(plan.SharesAlias ? ", \"alias\": \"lamps\"" : "")}}}""";
            world.Write(Path.ChangeExtension(dataset.Name, null) + DatasetNames.SpecSuffix, settings);
            Write(dataset.Name, ChatDataset.On(dataset.Topic, dataset.IsTrainable ? 12 : 4));
            if (dataset.HasValidation)
            {
                world.Write(DatasetNames.ValidationNameOf(dataset.Name), ChatDataset.On($"chair for {dataset.Topic}", 3));
            }
        }

        if (plan.ListsLagForLong)
        {
            SweepFromNowOn();
        }

        if (plan.HasForeignJobs)
        {
            await world.AddForeignJobsAsync(_contents.Values.First());
        }
    }

    /// <summary>The event of a drop, as at-least-once delivery has it.</summary>
    public void Drop(string name, string who)
    {
        if (world.Datasets.FindAsync(name, CancellationToken.None).Result is { } version)
        {
            foreach (SimulatedHost host in hosts.Up)
            {
                host.Ask($"{who} {name} {++_asked}", async (services, token) =>
                {
                    await services.GetRequiredService<StartRun>().OnDroppedAsync(version, token);
                    lock (_told)
                    {
                        _told.Add($"{host.Name} {version}");
                    }
                });
            }
        }
    }

    /// <summary>A person asks for the dataset by name.</summary>
    public void Start(SimulatedHost host, string name)
        => host.Ask($"person {name} {++_asked}", (services, token)
            => services.GetRequiredService<StartRun>().OnRequestAsync(new StartRequest { Dataset = name }, token));

    public void Overwrite(string name)
    {
        world.Chronicle.Count("overwritten");
        Write(name, ChatDataset.On($"overwritten {name} {++_asked}"));
    }

    public void Touch(string name)
    {
        if (File.Exists(Path.Combine(world.Folder.Datasets, name)))
        {
            Write(name, _contents[name]);
        }
    }

    /// <summary>A person holds a run, and lets it go on much later, as often as it takes.</summary>
    public void Pause(Random random)
    {
        string[] runs = [.. world.Chronicle.Runs.Keys];
        if (runs.Length > 0 && hosts.Up.FirstOrDefault() is { } host)
        {
            string run = runs[random.Next(runs.Length)];
            host.Ask($"pause {run}", (services, token) => services.GetRequiredService<PauseRun>().RunAsync(run, "ann", token));
            Later(() => Resume(run), LongPause);
        }
    }

    /// <summary>Nobody is told of it; a sweep has to notice.</summary>
    public void DropUnheard(string name)
    {
        world.Unheard.Add(name);
        Write(name, ChatDataset.On($"unheard {++_asked}"));
    }

    public void Delete(string name) => world.Delete(name);

    /// <summary>Now, soon, and when the dust has settled: what one sweep finds started, the next may find ended.</summary>
    public void SweepFromNowOn()
    {
        Sweeps.Want();
        Later(Sweeps.Want, TimeSpan.FromMinutes(15));
        Later(Sweeps.Want, TimeSpan.FromMinutes(30));
        Later(Sweeps.Want, LongPause);
        Later(Sweeps.Want, LongPause + TimeSpan.FromMinutes(30));
    }

    /// <summary>Sees to it that every drop has been heard of; true when all had been.</summary>
    public async Task<bool> AreDoneAsync()
    {
        bool isDone = _later.Count == 0 && !Sweeps.AreDue;
        Sweeps.BeginIfDue();
        foreach (PlannedDataset dataset in plan.Datasets)
        {
            if (await world.Datasets.FindAsync(dataset.Name, CancellationToken.None) is { } version
                && hosts.Up.Any(host => !_told.Contains($"{host.Name} {version}")))
            {
                Drop(dataset.Name, "drop");
                isDone = false;
            }
        }

        return isDone && hosts.Up.Count > 0;
    }

    /// <summary>Does what was planned for now, and answers whoever asks.</summary>
    public async Task ActAsync()
    {
        if (plan.Answer is PersonsAnswer.Approve or PersonsAnswer.Reject)
        {
            Decide();
        }

        while (NextDeed is { } due && due <= world.Clock.GetUtcNow())
        {
            _later.Remove(due, out Func<Task>? deed);
            await deed!();
        }

        Sweeps.BeginIfDue();
    }

    public async Task MeddleAsync(DisturbanceKind kind, Random random)
    {
        var ours = world.Provider.Books.LiveJobs.Where(job => !world.ForeignJobs.Contains(job.Id)).OrderBy(job => job.Id, StringComparer.Ordinal).ToArray();
        if (ours.Length == 0)
        {
            return;
        }

        var job = ours[random.Next(ours.Length)];
        world.Meddled.Add(kind);
        switch (kind)
        {
            case DisturbanceKind.CancelAtProvider:
                await world.Provider.InterveneAsync(job.Id, "cancel");
                break;
            case DisturbanceKind.PauseAtProvider:
                await world.Provider.InterveneAsync(job.Id, "pause");
                Later(() => world.Provider.InterveneAsync(job.Id, "resume"));
                break;
            default:
                await world.Provider.DeleteFileAsync(job.TrainingFile);
                break;
        }
    }

    /// <summary>Every event that ever came, and every button, once more.</summary>
    public void TellAgain(IReadOnlyList<RunRow> rows)
    {
        SimulatedHost host = hosts.Up.First();
        foreach (RunRow row in rows)
        {
            host.Ask($"again {row.RunId}", async (services, token) =>
            {
                await services.GetRequiredService<StartRun>().OnDroppedAsync(row.Dataset, token);
                await services.GetRequiredService<CancelRun>().RunAsync(row.RunId, "ann", token);
            });
        }
    }

    private void Resume(string run)
    {
        if (world.Chronicle.Runs.GetValueOrDefault(run) is { Status: RunStatus.Running, Paused: not null })
        {
            hosts.Up.FirstOrDefault()?.Ask($"resume {run}", (services, token) => services.GetRequiredService<ResumeRun>().RunAsync(run, "ann", token));
            Later(() => Resume(run), LongPause); // the host may have died over it
        }
    }

    private void Later(Action deed, TimeSpan after) => Later(
        () =>
        {
            deed();
            return Task.CompletedTask;
        },
        after);

    private void Later(Func<Task> deed) => Later(deed, LongPause);

    private void Later(Func<Task> deed, TimeSpan after) => _later[world.Clock.GetUtcNow() + after + TimeSpan.FromTicks(++_asked)] = deed;

    private void Write(string name, string content)
    {
        _contents[name] = content;
        world.Contents.Add(content);
        world.Write(name, content);
    }

    /// <summary>Answers for every run that waits for approval, once for each time it asks.</summary>
    private void Decide()
    {
        foreach (RunRow row in world.Chronicle.Runs.Values.Where(row => row.AwaitsApproval))
        {
            if (hosts.Up.FirstOrDefault() is { } host && _decided.Add($"{host.Name} {row.RunId} {row.ApprovalRequest}"))
            {
                Decision decision = new(plan.Answer is PersonsAnswer.Approve, "ann", row.Key);
                host.Ask($"decide {row.RunId}", (services, token) => services.GetRequiredService<DecideRun>().RunAsync(row.RunId, decision, token));
            }
        }
    }
}
