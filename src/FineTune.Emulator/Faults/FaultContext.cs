namespace FineTune.Emulator.Faults;

/// <summary>Carries a request's faults to its endpoint.</summary>
internal static class FaultContext
{
    public static ActiveFaults Faults(this HttpContext context) => context.Features.Get<ActiveFaults>() ?? ActiveFaults.None;
}
