namespace FineTune.Datasets.Split;

/// <summary>Where an example goes.</summary>
internal enum Side : byte
{
    Train,
    Validation,
    Test,
}
