namespace FineTune;

/// <summary>How urgent a run is: more goes first. The default is 0.</summary>
public static class RunPriority
{
    public const int Lowest = -1000;

    public const int Highest = 1000;
}
