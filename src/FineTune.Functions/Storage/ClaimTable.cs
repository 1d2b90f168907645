using Azure;
using Azure.Data.Tables;
using FineTune.Hosting;
using FineTune.Ports;

namespace FineTune.Functions.Storage;

/// <summary>The money lock: one partition a key with one row, which the service lets one caller insert.</summary>
internal sealed class ClaimTable(TableClient table)
{
    private const string Row = "claim";

    public async Task<SpendingClaim?> TryAddAsync(SpendingClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            Response written = await table.AddEntityAsync(ToEntity(claim), cancellationToken);
            return claim with { ETag = TableRow.ETagOf(written) };
        }
        catch (RequestFailedException failure) when (failure.IsTaken())
        {
            return null;
        }
    }

    public async Task<SpendingClaim?> FindAsync(string key, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKey.Of(key), Row, cancellationToken: cancellationToken);
        return found.HasValue ? TableRow.Read(found.Value!, LedgerJson.Default.SpendingClaim) with { ETag = found.Value!.ETag.ToString() } : null;
    }

    public async Task<SpendingClaim> UpdateAsync(SpendingClaim claim, CancellationToken cancellationToken)
        => claim with { ETag = await table.ReplaceAsync(ToEntity(claim), claim.ETag, $"The spending claim '{claim.Key}'", cancellationToken) };

    private static TableEntity ToEntity(SpendingClaim claim)
    {
        TableEntity entity = TableRow.Of(TableKey.Of(claim.Key), Row, claim with { ETag = null }, LedgerJson.Default.SpendingClaim);
        entity["Key"] = claim.Key;
        entity["RunId"] = claim.RunId;
        entity["OpenIntentAt"] = TableRow.Time(claim.OpenIntentAt);
        entity["JobId"] = claim.JobId;
        return entity;
    }
}
