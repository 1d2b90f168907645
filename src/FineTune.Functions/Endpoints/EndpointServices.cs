using System.Text.Json.Serialization;
using FineTune.Hosting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace FineTune.Functions.Endpoints;

/// <summary>What the HTTP functions need.</summary>
internal static class EndpointServices
{
    public static IServiceCollection AddEndpoints(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(http =>
        {
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, FineTuneJson.Default);
            http.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        services.AddHealthChecks().AddCheck<StorageHealth>("storage");
        return services;
    }
}
