using System.Text.Json.Serialization;

namespace FineTune.Ports;

/// <summary>How a run stands. All but <see cref="Running"/> are final and never change again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    Running,

    /// <summary>The model id is recorded.</summary>
    Succeeded,

    /// <summary>The provider took the job and gave it up; code and words are in the row.</summary>
    Failed,

    /// <summary>Somebody cancelled it, here or at the provider.</summary>
    Cancelled,

    /// <summary>The dataset cannot be trained on; nothing was uploaded.</summary>
    Invalid,

    /// <summary>Another run has the same bytes under the same spec.</summary>
    Duplicate,

    /// <summary>The dataset was overwritten before it was uploaded.</summary>
    Superseded,

    /// <summary>The dataset was deleted before it was uploaded.</summary>
    DatasetGone,

    /// <summary>Nobody approved the price in time, or somebody refused it.</summary>
    Rejected,

    /// <summary>The provider no longer trains for this account.</summary>
    ProviderClosed,

    /// <summary>A deadline passed.</summary>
    TimedOut,

    /// <summary>Going on alone could cost money twice or lose a model: a person has to look.</summary>
    NeedsAttention,
}
