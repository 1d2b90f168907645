using Microsoft.Extensions.Options;

namespace FineTune.Hosting;

[OptionsValidator]
internal sealed partial class FineTuneOptionsValidator : IValidateOptions<FineTuneOptions>;
