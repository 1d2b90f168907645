namespace FineTune.Simulation.Tests.Plans;

/// <summary>What is done to the product from outside at a certain step.</summary>
internal sealed record Disturbance(int AtStep, DisturbanceKind Kind, int Which)
{
    public override string ToString() => $"{Kind} {Which} at {AtStep}";
}

/// <summary>The kinds of <see cref="Disturbance"/>.</summary>
internal enum DisturbanceKind
{
    /// <summary>A host dies on the spot.</summary>
    Kill,

    /// <summary>A host dies while it writes to its journal.</summary>
    KillAtCommit,

    /// <summary>A host is stopped as a service manager does it.</summary>
    Stop,

    /// <summary>A call gets no answer in time, whether or not the provider has done its work.</summary>
    LoseAnswer,

    /// <summary>A call finds no connection.</summary>
    RefuseConnection,

    /// <summary>The event of a drop comes once more.</summary>
    DropAgain,

    /// <summary>A person starts the dataset, too.</summary>
    StartByPerson,

    /// <summary>A person cancels.</summary>
    Cancel,

    /// <summary>A person pauses, and resumes hours later.</summary>
    Pause,

    /// <summary>Other bytes under the same name.</summary>
    Overwrite,

    /// <summary>The same bytes under the same name, written once more.</summary>
    Touch,

    /// <summary>The dataset is deleted.</summary>
    Delete,

    /// <summary>A host's wall clock is set.</summary>
    SetClock,

    /// <summary>A sweep in the midst of it all.</summary>
    Sweep,

    /// <summary>The ledger's file is gone, and every host with it.</summary>
    LoseLedger,

    /// <summary>The journals are gone.</summary>
    LoseJournal,

    /// <summary>Both are gone: what is left is what the provider knows, and the datasets.</summary>
    LoseStorage,

    /// <summary>Another dataset, which no event announces.</summary>
    DropUnheard,

    /// <summary>The provider's webhook about a job that may be anywhere on its way: in time, late, or twice.</summary>
    Webhook,

    /// <summary>A webhook that the provider has not signed.</summary>
    ForgeWebhook,

    /// <summary>A person points an alias at a model of their choice, or lets runs move it again.</summary>
    Promote,

    /// <summary>A person takes an alias back to the model before.</summary>
    RollBack,

    /// <summary>Somebody cancels the job at the provider.</summary>
    CancelAtProvider,

    /// <summary>Somebody pauses the job at the provider, and resumes it hours later.</summary>
    PauseAtProvider,

    /// <summary>Somebody deletes the training file at the provider.</summary>
    DeleteFileAtProvider,
}
