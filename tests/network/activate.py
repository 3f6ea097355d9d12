# ActivateConnection as NetworkManager does it: python3-dbusmock's template says yes to everything.
# A wrong password, a network without DHCP and a cable that is not there fail as they do in NetworkManager:
# the connection is there at first, then the device fails with a reason, then the connection is gone.
from gi.repository import GLib

profile = objects[args[0]].settings
password = profile.get('802-11-wireless-security', {}).get('psk')
name = bytes(profile.get('802-11-wireless', {}).get('ssid', [])).decode()
reason = 0
if password is not None and password != 'Kuckucksuhr-17':
    reason = 7  # NO_SECRETS: it was refused, and nobody else knows another one
elif name == 'Without addresses':
    reason = 17  # DHCP_FAILED
elif name == 'Away':
    reason = 53  # SSID_NOT_FOUND
if reason == 0:
    ret = self.activate_connection(self, args[0], args[1], args[2])
else:
    active = '/org/freedesktop/NetworkManager/ActiveConnection/failing'
    properties = {'State': dbus.UInt32(1), 'Id': name, 'SpecificObject': dbus.ObjectPath(args[2])}
    self.AddObject(active, 'org.freedesktop.NetworkManager.Connection.Active', properties, [])
    device = objects[args[1]]

    def fail(device=device, manager=self, active=active, reason=reason, dbus=dbus):
        changed = [dbus.UInt32(120), dbus.UInt32(60), dbus.UInt32(reason)]
        device.EmitSignal('org.freedesktop.NetworkManager.Device', 'StateChanged', 'uuu', changed)
        manager.RemoveObject(active)

    GLib.timeout_add(200, fail)
    ret = dbus.ObjectPath(active)
