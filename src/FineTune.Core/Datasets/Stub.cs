#pragma warning disable
namespace FineTune.Datasets;
public enum DatasetRole { Training, Validation }
public sealed class DatasetInspector { public Task<DatasetReport> InspectAsync(string n, Stream s, FineTuneSpec spec, DatasetRole role, CancellationToken ct) => throw new NotImplementedException(); }
public sealed record Rng<T>(T Low, T High);
public sealed record DatasetReport { public bool IsTrainable=>true; public string Sha256=>""; public int Examples=>0; public long ErrorCount=>0; public Rng<long> Tokens=>null!; public Rng<decimal>? Price=>null; public string Verdict=>""; public byte[] ToJson()=>[]; }
public static class DS { public static Microsoft.Extensions.DependencyInjection.IServiceCollection AddDatasets(this Microsoft.Extensions.DependencyInjection.IServiceCollection s)=>s; }
