using FineTune.Ports;

namespace FineTune.Operations;

/// <summary>Tells the lineage of a run, of a model or of what an alias means now; a model's also when its run is forgotten.</summary>
public sealed class ReadLineage(IRunLedger ledger)
{
    /// <param name="subject">A run's id, a model's, or an alias.</param>
    /// <exception cref="RunNotFoundException">Nothing of this name is known.</exception>
    public async Task<Lineage> RunAsync(string subject, CancellationToken cancellationToken)
    {
        string id = (await ledger.FindAliasAsync(subject, cancellationToken))?.ModelId ?? subject;
        ModelRow? model = await ledger.ListModelsAsync(cancellationToken).FirstOrDefaultAsync(
            row => row.ModelId == id || row.RunId == id, cancellationToken);
        RunRow? run = await ledger.FindRunAsync(model?.RunId ?? id, cancellationToken);
        List<AliasRow> aliases = await ledger.ListAliasesAsync(cancellationToken).ToListAsync(cancellationToken);
        return run is not null ? Of(run, model, aliases)
            : model is not null ? Of(model, aliases)
            : throw new RunNotFoundException(subject, "run, model or alias");
    }

    private static Lineage Of(RunRow run, ModelRow? model, List<AliasRow> aliases) => new()
    {
        Dataset = new(run.Dataset.Name, run.Dataset.ETag, run.Sha256, run.Dataset.Length, run.Examples, run.Tokens, run.ValidationSha256),
        Spec = run.Spec,
        Run = new(run.RunId, run.Status, run.Key, run.CreatedAt, run.Status is RunStatus.Running ? null : run.UpdatedAt, run.RecoveredAt),
        Files = [.. FilesOf(run)],
        Job = run.JobId is null ? null : new(run.JobId, run.TrainedTokens, run.Cost, run.ErrorCode),
        Model = run.ModelId is null ? null : new(run.ModelId, run.Spec.Model, model?.ShutdownDate ?? run.ShutdownDate, run.Checkpoints),
        Aliases = ChangesOf(aliases, run.ModelId),
    };

    private static Lineage Of(ModelRow model, List<AliasRow> aliases) => new()
    {
        Dataset = new(model.Dataset, ETag: null, model.Sha256, Length: null, Examples: null, Tokens: null, ValidationSha256: null),
        Run = new(model.RunId, Status: null, Key: null, CreatedAt: null, EndedAt: model.CreatedAt, RecoveredAt: null),
        Job = new(model.JobId, model.TrainedTokens, Cost: null, ErrorCode: null),
        Model = new(model.ModelId, model.BaseModel, model.ShutdownDate, Checkpoints: null),
        Aliases = ChangesOf(aliases, model.ModelId),
    };

    private static IEnumerable<LineageFile> FilesOf(RunRow run)
    {
        string[] deleted = [.. (run.DeletedFiles ?? []).Select(file => file.FileId)];
        foreach (string fileId in new[] { run.TrainingFileId, run.ValidationFileId }.Concat(deleted).OfType<string>().Distinct())
        {
            string role = fileId == run.TrainingFileId ? "training" : fileId == run.ValidationFileId ? "validation" : "surplus";
            DeletedFile? proof = run.DeletedFiles?.FirstOrDefault(file => file.FileId == fileId);
            yield return new LineageFile(fileId, role, proof?.At, proof?.Answer, proof is null ? run.FilesExpireAt : null);
        }
    }

    private static LineageAlias[] ChangesOf(List<AliasRow> aliases, string? modelId) => modelId is null ? []
        : [.. aliases.SelectMany(row => row.History, (row, change) => new LineageAlias(row.Alias, change))
            .Where(told => told.Change.To == modelId || told.Change.From == modelId)
            .OrderBy(told => told.Change.At)];
}
