using FineTune.Functions.Durable;
using FineTune.Functions.Endpoints;
using FineTune.Functions.Storage;
using FineTune.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<ProblemAnswers>();
builder.UseMiddleware<DurableClientBinding>();
builder.Services.AddFineTuning().AddAzureStorage().AddDurableWorkflows().AddDeviationGuard().AddEndpoints();
builder.Build().Run();
