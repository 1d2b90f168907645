namespace FineTune.Local.Engine;

/// <summary>Something has happened that may move an instance on. Only a hint: what counts is what is then written to the journal.</summary>
internal abstract record Signal
{
    /// <summary>Look into the inbox.</summary>
    internal sealed record InboxChanged : Signal;

    /// <summary>Look at the sub-workflow's row.</summary>
    internal sealed record ChildChanged(string ChildId) : Signal;

    /// <summary>One attempt is over.</summary>
    internal sealed record ActivityEnded(int Generation, int Seq, ActivityEnd End) : Signal;

    /// <summary>The step's time has come.</summary>
    internal sealed record AlarmRang(int Generation, int Seq) : Signal;

    /// <summary>The workflow code awaited something that is not its context's.</summary>
    internal sealed record Strayed(int Generation) : Signal;
}
