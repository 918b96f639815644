using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace TsMapSurvey.Grains.Compute;

/// <summary>
/// Round-robin placement, which keeps every silo busy. With random placement one of two silos gets 60 % of 20 blocks every other time. The
/// default placement weighs memory and processor load, which are not known yet when all blocks are placed at once.
/// </summary>
[GenerateSerializer, Immutable, Alias("tsmap.SpreadPlacement")]
internal sealed class SpreadPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
internal sealed class SpreadPlacementAttribute() : PlacementAttribute(new SpreadPlacement());

/// <summary>One counter for all jobs whose grains are on this silo.</summary>
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
