using System.CommandLine;
using FineTune.Local.Engine;
using FineTune.Local.Hosting;
using FineTune.Operations;
using FineTune.Ports;
using Microsoft.Extensions.Logging.Console;

namespace FineTune.Local.Cli;

/// <summary>What a command works with: the services of a data folder, and the emulator where no provider is configured.</summary>
internal sealed class LocalSession : IAsyncDisposable
{
    private LocalSession(ParseResult parsed, IHost host, LocalEmulator? emulator)
    {
        Host = host;
        Emulator = emulator;
        string folder = parsed.GetRequiredValue(SharedOptions.Data);
        DataOption = folder == SharedOptions.DefaultData ? "" : $" --data {ShellWord.Of(folder)}";
    }

    public IHost Host { get; }

    /// <summary>What a command that goes with this one must say of the data folder; empty for the default.</summary>
    public string DataOption { get; }

    /// <summary>Null when a real provider is configured, or none is needed.</summary>
    public LocalEmulator? Emulator { get; }

    /// <summary>Only looks and signals: the ledger and the journal are read, no provider is needed.</summary>
    public static LocalSession Open(ParseResult parsed)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(Settings());
        AddDefaults(builder, builder.Configuration, parsed);
        return new LocalSession(parsed, builder.Build(), emulator: null);
    }

    /// <summary>Talks to the provider.</summary>
    public static async Task<LocalSession> OpenWithProviderAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(Settings());
        AddDefaults(builder, builder.Configuration, parsed);
        LocalEmulator? emulator = await FindProviderAsync(builder.Configuration, parsed, cancellationToken);
        return new LocalSession(parsed, builder.Build(), emulator);
    }

    /// <summary>Works: runs the engine against the provider.</summary>
    public static async Task<LocalSession> OpenWithEngineAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(Settings());
        AddDefaults(builder, builder.Configuration, parsed);
        LocalEmulator? emulator = await FindProviderAsync(builder.Configuration, parsed, cancellationToken);
        builder.Services.AddLocalEngine(parsed.DataFolder());
        return new LocalSession(parsed, builder.Build(), emulator);
    }

    /// <summary>Works, and answers over HTTP what <paramref name="map"/> maps.</summary>
    public static async Task<LocalSession> OpenServerAsync(
        ParseResult parsed, Action<WebApplicationBuilder> add, Action<WebApplication> map, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddDefaults(builder, builder.Configuration, parsed);
        LocalEmulator? emulator = await FindProviderAsync(builder.Configuration, parsed, cancellationToken);
        builder.Services.AddLocalEngine(parsed.DataFolder());
        add(builder);
        WebApplication host = builder.Build();
        map(host);
        return new LocalSession(parsed, host, emulator);
    }

    /// <summary>A run goes on only while a process works on its data folder.</summary>
    public async Task TellIfIdleAsync(RunView run)
    {
        if (run.Status is RunStatus.Running && !FolderLock.MayBeTaken(Get<DataFolder>().Engine))
        {
            await Console.Error.WriteLineAsync($"No process works on this run now. It goes on with: {ProgramName.Text} serve{DataOption}");
        }
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)Host).DisposeAsync();
        if (Emulator is not null)
        {
            await Emulator.DisposeAsync();
        }
    }

    /// <summary>No <c>appsettings.json</c> of whatever folder one happens to stand in.</summary>
    private static HostApplicationBuilderSettings Settings() => new() { ContentRootPath = AppContext.BaseDirectory };

    private static void AddDefaults(IHostApplicationBuilder builder, ConfigurationManager configuration, ParseResult parsed)
    {
        DataFolder folder = parsed.DataFolder();
        folder.Create();
        configuration.AddJsonFile(folder.Settings, optional: true).AddEnvironmentVariables();
        configuration.AddWellKnownVariables();
        builder.Logging.ClearProviders().SetMinimumLevel(parsed.LogLevel()).AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // says with a stack trace what the command says in a sentence
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddLocalStorage(folder);
    }

    private static async Task<LocalEmulator?> FindProviderAsync(
        ConfigurationManager configuration, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (configuration.NamesProvider())
        {
            return null;
        }

        LocalEmulator emulator = await LocalEmulator.StartAsync(parsed.DataFolder(), configuration, cancellationToken);
        string passedOver = configuration.FindEndpoint() is { } endpoint ? $", so {endpoint} is not asked" : "";
        configuration.UseEmulator(emulator.Address);
        await Console.Error.WriteLineAsync(
            $"No API key is configured{passedOver}: using the built-in emulator at {emulator.Address}. What it trains is simulated, and free.");
        return emulator;
    }
}
