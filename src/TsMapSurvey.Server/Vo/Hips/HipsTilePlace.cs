using TsMapSurvey.Hips;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage.Layout;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>A tile of an image, or of a cube.</summary>
/// <param name="Frequency">Null for a tile of an image.</param>
internal readonly record struct HipsTilePlace(HealpixCell Space, CubeCell? Frequency)
{
    public static HipsTilePlace Of(HealpixCell cell) => new(cell, null);

    public static HipsTilePlace Of(CubeCell cell) => new(cell.Space, cell);

    /// <summary>The folder of its versions in the store, which also begins the names of its content in the cache.</summary>
    public string FolderIn(HipsVersion version) => Frequency is { } cell
        ? version.Layout.CubeTile(Space.Order, Space.Index, cell.FrequencyIndex) : version.Layout.Tile(Space.Order, Space.Index);

    /// <summary>The blob of its content in a version.</summary>
    public string BlobIn(HipsVersion version)
    {
        var name = version.NameOf(Space);
        return HipsLayout.InFolder(FolderIn(version), name.Revision, name.Digest);
    }
}
