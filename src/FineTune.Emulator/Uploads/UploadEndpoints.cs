using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Uploads;

/// <summary>The routes for files that arrive in parts.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder v1)
    {
        var uploads = v1.MapGroup("/uploads");
        uploads.MapPost("", async (HttpContext context, UploadAssembler assembler)
            => assembler.Create(await RequestBody.ReadAsync(context)));
        uploads.MapPost("/{id}/parts", (string id, HttpContext context, UploadAssembler assembler) => assembler.AddPartAsync(id, context));
        uploads.MapPost("/{id}/complete", async (string id, HttpContext context, UploadAssembler assembler)
            => await assembler.CompleteAsync(id, await RequestBody.ReadAsync(context), context.RequestAborted));
        uploads.MapPost("/{id}/cancel", (string id, UploadAssembler assembler) => assembler.Cancel(id));
    }
}
