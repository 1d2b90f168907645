using System.Net;
using DurableTask.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FineTune.Functions.Tests.Durable;

/// <summary>The Durable Task engine in memory, as clients and workers call it: over gRPC, on a port of its own.</summary>
internal static class TaskHubServices
{
    /// <summary>Add what else listens on that port, then build it with <see cref="BuildTaskHub"/>.</summary>
    public static WebApplicationBuilder AddTaskHub(this WebApplicationBuilder builder)
    {
        InMemoryOrchestrationService service = new(loggerFactory: null);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton<IOrchestrationService>(service)
            .AddSingleton<IOrchestrationServiceClient>(service)
            .AddSingleton<HostTaskHub>();
        return builder;
    }

    public static WebApplication BuildTaskHub(this WebApplicationBuilder builder)
    {
        WebApplication app = builder.Build();
        app.MapGrpcService<HostTaskHub>();
        return app;
    }
}
