using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace TsMapSurvey.Grains.Compute;

/// <summary>
/// Work that should keep every silo busy: each new activation goes to the next silo in turn. Random placement gives one silo of two 60 %
/// of 20 blocks every other time, and the default placement weighs memory and processor, which say nothing yet when all blocks are placed
/// at once.
/// </summary>
[GenerateSerializer, Immutable, Alias("tsmap.SpreadPlacement")]
internal sealed class SpreadPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
internal sealed class SpreadPlacementAttribute() : PlacementAttribute(new SpreadPlacement());

/// <summary>Counts for all jobs whose grains are on this silo.</summary>
internal sealed class SpreadPlacementDirector : IPlacementDirector
{
    private int _next = -1;

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        Array.Sort(silos);
        return Task.FromResult(silos[(uint)Interlocked.Increment(ref _next) % silos.Length]);
    }
}
