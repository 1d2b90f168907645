using FineTune.Emulator.State;
using FineTune.Emulator.Wire;

namespace FineTune.Emulator.Time;

/// <summary>Emulated time over HTTP.</summary>
internal static class ClockEndpoints
{
    public static void MapClock(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/emulator/clock", (EmulatedClock clock, EmulatorOptions options) => new ClockView(clock.Now, options.Speed));
        routes.MapPost("/emulator/clock/advance", (
            ClockAdvance advance, EmulatorState state, EmulatedClock clock, EmulatorOptions options) =>
        {
            Advance(state, clock, TimeSpan.FromSeconds(advance.Seconds));
            return new ClockView(clock.Now, options.Speed);
        });
    }

    /// <exception cref="ApiException">400 for a step back.</exception>
    public static void Advance(EmulatorState state, EmulatedClock clock, TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw ApiException.BadRequest("Emulated time moves only forward; 'seconds' must not be negative.", "seconds");
        }

        state.Exclusively(() =>
        {
            state.SetClock(clock, clock.Now + by);
            return by;
        });
    }
}

/// <summary>How far to jump.</summary>
internal sealed record ClockAdvance(double Seconds);

/// <summary>What time it is, and how fast it goes.</summary>
internal sealed record ClockView(DateTimeOffset Now, double Speed);
